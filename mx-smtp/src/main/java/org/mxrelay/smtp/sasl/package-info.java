/**
 * What a client says to log in (RFC 4422), mechanism by mechanism; not exported.
 *
 * <p>A {@link org.mxrelay.smtp.sasl.SaslExchange} makes responses of challenges and nothing else:
 * it knows neither SMTP nor sockets, and draws nothing at random. {@code client} says AUTH and
 * carries the bytes.
 */
@NullMarked
package org.mxrelay.smtp.sasl;

import org.jspecify.annotations.NullMarked;
