/**
 * Delivery to the recipients' own mail exchangers, with a durable queue.
 *
 * <p>Start with {@link org.mxrelay.smtp.MxRelay}: {@code builder()}, {@code submit}, {@code
 * status}, {@code close}. What happens on the way reaches a {@link org.mxrelay.smtp.RelayListener}.
 */
@NullMarked
package org.mxrelay.smtp;

import org.jspecify.annotations.NullMarked;
