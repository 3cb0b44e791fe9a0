package org.mxrelay.address;

import java.util.function.Function;

/**
 * A domain name in its one canonical form: A-labels in lower case without the final dot.
 *
 * <p>Internationalised names are mapped by UTS 46, nontransitional, where ICU4J is on the path.
 * Without it the JDK maps them, and whatever IDNA2003 might turn into another domain is refused:
 * {@code faß.de} is {@code xn--fa-hia.de} or an error, never {@code fass.de}.
 *
 * <p>Immutable. Two domains are equal exactly if the DNS would take them for the same name.
 *
 * @param name 1 to 253 octets; labels of 1 to 63 letters, digits, hyphens and (tolerated, since the
 *     DNS is full of them) underscores
 */
public record Domain(String name) implements Destination {

  /**
   * Takes a name that is canonical already, as a store or the DNS has it. A label that begins with
   * {@code xn--} is taken as it is, since the DNS has names that no mapping would give.
   *
   * @throws InvalidAddressException if the name is not canonical, or its last label is a number, as
   *     that of {@code 192.0.2.1} is; {@link #of} is the way in for text that people wrote
   */
  public Domain {
    DomainSyntax.requireCanonical(name);
  }

  /**
   * Reads a domain as people write it: any case, U-labels or A-labels, with or without the final
   * dot. An A-label must stand for a U-label that stands for it (RFC 5890, 2.3.2.1).
   *
   * @throws InvalidAddressException if it is not a domain name, or cannot be mapped to A-labels
   *     without the risk of naming another domain (RFC 5891; UTS 46, nontransitional)
   */
  public static Domain of(String text) {
    return new Domain(DomainSyntax.canonical(text));
  }

  @Override
  public <T> T fold(
      Function<? super Domain, ? extends T> domain,
      Function<? super AddressLiteral, ? extends T> literal) {
    return domain.apply(this);
  }

  @Override
  public String toString() {
    return name;
  }
}
