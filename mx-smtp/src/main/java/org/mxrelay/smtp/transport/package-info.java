/**
 * What an attempt is, and what came of it: the SPI of transports.
 *
 * <p>A {@link org.mxrelay.smtp.transport.Transport} is given a {@link
 * org.mxrelay.smtp.transport.Transaction} and one route, and returns an {@link
 * org.mxrelay.smtp.transport.AttemptResult}: facts of the session, and for each recipient what was
 * answered or where it broke. It judges nothing and retries nothing.
 *
 * <p>A {@link org.mxrelay.smtp.transport.Connector} makes its connections: directly, from an
 * address of this host's, through {@link org.mxrelay.smtp.transport.Socks5} or {@link
 * org.mxrelay.smtp.transport.ProxyProtocol}.
 *
 * <p>A {@link org.mxrelay.smtp.transport.TransportFactory} makes transports that a configuration
 * names.
 */
@NullMarked
package org.mxrelay.smtp.transport;

import org.jspecify.annotations.NullMarked;
