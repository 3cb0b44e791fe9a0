/**
 * A transport of one's own: instead of to the network, {@link
 * org.mxrelay.examples.extend.MaildirTransport} delivers into folders, for a staging system that
 * must not send mail to anybody, or for mailboxes on the same machine.
 *
 * <p>{@link org.mxrelay.examples.extend.MaildirTransportFactory} makes it known by its name: a line
 * in {@code META-INF/services/org.mxrelay.smtp.transport.TransportFactory} is all that the command
 * line needs for {@code --transport maildir:folder=/var/mail}. Its test inherits the contract of
 * transports from the test kit.
 */
@NullMarked
package org.mxrelay.examples.extend;

import org.jspecify.annotations.NullMarked;
