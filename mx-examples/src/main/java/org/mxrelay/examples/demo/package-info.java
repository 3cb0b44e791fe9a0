/**
 * The demonstration: what happens to mail when servers misbehave, on this machine alone.
 *
 * <p>A {@code TinyInternet} has a DNS server and a few exchangers from the test kit, a {@code
 * Switchboard} that connects to them by the addresses that the DNS gives, and a queue in a folder
 * of its own. Each act is a class: it lets something go wrong, sends real messages with the public
 * API, and holds what came of it against a promise. The {@code Narrator} prints and keeps count.
 */
@NullMarked
package org.mxrelay.examples.demo;

import org.jspecify.annotations.NullMarked;
