package org.mxrelay.address;

import java.util.function.Function;

/**
 * Where the mail of a mailbox goes: a domain, or an address given outright.
 *
 * <p>Immutable. A further kind of destination would be a breaking change.
 */
public sealed interface Destination permits Domain, AddressLiteral {

  /**
   * Reads what stands behind the last {@code @} of a mailbox: {@code example.org}, {@code
   * bücher.example}, {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]}.
   *
   * @throws InvalidAddressException if it is neither a domain nor an address literal (RFC 5321,
   *     4.1.2 and 4.1.3)
   */
  static Destination parse(String text) {
    return text.startsWith("[") ? AddressLiteral.parse(text) : Domain.of(text);
  }

  /** Answers for whichever kind of destination this is. */
  <T> T fold(
      Function<? super Domain, ? extends T> domain,
      Function<? super AddressLiteral, ? extends T> literal);

  /** The form that stands on the wire: A-labels without a final dot, or a bracketed literal. */
  @Override
  String toString();
}
