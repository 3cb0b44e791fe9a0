package org.mxrelay.address;

/**
 * Maps a name with U-labels to A-labels (RFC 5890).
 *
 * <p>Safe for use by several threads.
 */
@FunctionalInterface
interface IdnaMapper {

  /**
   * The name in A-labels. The result is not yet checked to be a domain name of letters, digits,
   * hyphens and underscores.
   *
   * @param name without a final dot
   * @throws InvalidAddressException if it cannot be mapped without the risk of naming another
   *     domain
   */
  String toAscii(String name);
}
