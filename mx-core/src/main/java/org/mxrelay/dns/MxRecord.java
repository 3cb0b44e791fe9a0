package org.mxrelay.dns;

import org.mxrelay.address.Domain;

/**
 * An MX record (RFC 1035, 3.3.9).
 *
 * <p>Immutable.
 *
 * @param preference 0 to 65535; the lowest is tried first
 * @param exchange the host that takes the mail
 */
public record MxRecord(int preference, Domain exchange) {}
