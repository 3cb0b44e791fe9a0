/**
 * What the tests of an application need in place of the world outside.
 *
 * <p>A {@link org.mxrelay.testkit.ManualClock} stands in for the time, a {@link
 * org.mxrelay.testkit.ScriptedDnsServer} for the DNS, with every {@link org.mxrelay.testkit.Fault}
 * it is known for, a {@link org.mxrelay.testkit.ScriptedHttpsServer} for a host that publishes a
 * policy, and a {@link org.mxrelay.testkit.TestCertificate} for what an authority would sign.
 * {@link org.mxrelay.testkit.Peers} finds real software to test against.
 *
 * <p>The kit ships as the test-jar of mx-core and depends on mx-core, on what mx-core depends on,
 * and for {@code Peers} on junit-jupiter-api.
 */
@NullMarked
package org.mxrelay.testkit;

import org.jspecify.annotations.NullMarked;
