/**
 * For the tests of those who send mail, and of those who write a store or a transport.
 *
 * <p>A {@link org.mxrelay.smtp.testkit.ScriptedSmtpServer} is a real SMTP server on a loopback
 * address: correct where it is told nothing, and otherwise as wrong, slow or hostile as a {@link
 * org.mxrelay.smtp.testkit.Behaviour} at a {@link org.mxrelay.smtp.testkit.Step} makes it. It
 * records every byte, and each message that it took.
 *
 * <p>{@link org.mxrelay.smtp.testkit.QueueContract} is what every {@link
 * org.mxrelay.smtp.queue.DeliveryQueue} promises, as default tests that a store's own test class
 * inherits. {@link org.mxrelay.smtp.testkit.TransportContract} is the same for every {@link
 * org.mxrelay.smtp.transport.Transport}, and {@link org.mxrelay.smtp.testkit.SmtpTransportContract}
 * for those that speak SMTP. A {@link org.mxrelay.smtp.testkit.DatabaseServer} is a real PostgreSQL
 * or MariaDB in the test's folder, where one is installed.
 */
@NullMarked
package org.mxrelay.smtp.testkit;

import org.jspecify.annotations.NullMarked;
