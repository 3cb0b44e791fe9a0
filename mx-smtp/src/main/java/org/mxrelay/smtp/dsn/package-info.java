/**
 * What the sender is told: delivery status notifications (RFC 3464, RFC 6533).
 *
 * <p>Of failure and of delay, and of having been relayed where that was asked for and the exchange
 * took the message without offering DSN.
 *
 * <p>A report goes out with the null reverse-path, and none is made for a message that came with
 * it.
 */
@NullMarked
package org.mxrelay.smtp.dsn;

import org.jspecify.annotations.NullMarked;
