/**
 * Who and where: the addresses of an SMTP envelope.
 *
 * <p>A {@link org.mxrelay.address.Mailbox} is a local part at a {@link
 * org.mxrelay.address.Destination}, which is a {@link org.mxrelay.address.Domain} or an {@link
 * org.mxrelay.address.AddressLiteral}. A {@link org.mxrelay.address.ReversePath} is a mailbox or
 * the null reverse-path. All are values that cannot hold anything that an SMTP command could not
 * carry: what does not fit the grammar of RFC 5321, 4.1.2 (or RFC 6531, 3.3) has no constructor,
 * and says why in an {@link org.mxrelay.address.InvalidAddressException}. Each has one canonical
 * text, so that equal addresses are equal values. Nothing here asks the DNS: {@link
 * org.mxrelay.address.IpAddress} reads numbers, and names stay names.
 */
@NullMarked
package org.mxrelay.address;

import org.jspecify.annotations.NullMarked;
