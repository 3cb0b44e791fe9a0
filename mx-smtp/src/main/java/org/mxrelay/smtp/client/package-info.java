/**
 * The default transport: an SMTP client that nothing can fool.
 *
 * <p>{@link org.mxrelay.smtp.client.SmtpTransport} makes an attempt ({@code SmtpAttempts}): it
 * takes a connection from its pool, by option a place in the convoy behind a message that waits for
 * its reply, or opens one to the route's checked address, reads the greeting, says EHLO and starts
 * TLS as demanded. The dialogue gives the envelope, pipelined where that is offered, and the
 * message, with line ends made CRLF and dots stuffed; a ledger keeps for each recipient the first
 * answer that was given. {@link org.mxrelay.smtp.client.SmtpSession} is the same session one
 * command at a time, for those who probe or relay as they receive; {@link
 * org.mxrelay.smtp.client.SmtpExchangeProbe} probes so for an audit.
 *
 * <p>{@link org.mxrelay.smtp.client.SmartHost} says how the hosts of static routes are spoken to
 * instead: with a login ({@link org.mxrelay.smtp.client.Credentials}, which {@code Authentication}
 * carries), with TLS from the first octet, by LMTP.
 *
 * <p>Under TLSA records, {@code DaneTrust} has {@code DaneCheck} compare the peer's certificates
 * with them (RFC 7672): {@code TlsaMatch} for the records, {@code DaneAnchors} for authorities,
 * {@code CertificateNames} for names.
 *
 * <p>Beneath are the wire and its watchdog, which ends whatever takes longer than its stage may
 * ({@link org.mxrelay.smtp.client.SmtpTimeouts}, all of them total times) by closing the socket
 * itself, and the reader, which bounds every reply. Commands become bytes in one place, which lets
 * no argument end a line. The gate is asked right before the last byte of a message; from then on a
 * session without a reply is uncertain, and says so in its facts.
 */
@NullMarked
package org.mxrelay.smtp.client;

import org.jspecify.annotations.NullMarked;
