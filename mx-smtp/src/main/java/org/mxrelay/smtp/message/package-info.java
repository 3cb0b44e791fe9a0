/**
 * What is to be sent, and to whom.
 *
 * <p>An {@link org.mxrelay.smtp.message.Envelope} is the reverse-path, the recipients and what MAIL
 * may ask for beside them. A {@link org.mxrelay.smtp.message.MessageSource} is the message itself:
 * bytes that can be read again and again and are never changed.
 */
@NullMarked
package org.mxrelay.smtp.message;

import org.jspecify.annotations.NullMarked;
