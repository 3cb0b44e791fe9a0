/**
 * The gateway: a backup MX of {@link org.mxrelay.smtp.backup} on the SMTP server SubEthaSMTP, and a
 * page that shows how it is.
 *
 * <p>{@link org.mxrelay.examples.relay.Gateway} starts the server. What SubEthaSMTP does well is
 * left to it: connections, their limits, threads and TLS. Its commands are not used, since they
 * hide the parameters of MAIL, forget to end a refused transaction, and lose what is pipelined
 * behind the final dot: each is a {@code Verb} here, which looks up the client's {@code Visitor},
 * has it conducted ({@code Greeting}, {@code Transaction}, {@code Requests}), and sends the one
 * reply that this gives. {@code PathCommand} reads MAIL and RCPT, {@code DotReader} the message,
 * {@code Spool} keeps it until the backup has answered for it.
 *
 * <p>{@link org.mxrelay.examples.relay.StatusServer} serves {@code StatusPage}, {@code StatusJson}
 * and a health answer.
 */
@NullMarked
package org.mxrelay.examples.relay;

import org.jspecify.annotations.NullMarked;
