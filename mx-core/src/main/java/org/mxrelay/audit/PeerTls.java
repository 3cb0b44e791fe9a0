package org.mxrelay.audit;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The TLS of an exchange, and its certificate.
 *
 * <p>Immutable. Its texts are printable.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param names the DNS names that the certificate is for, in lower case, wildcards as they stand
 * @param issuer who signed it
 * @param validUntil when it ends
 * @param trust whether a sender who verifies would go on
 * @param objection why he would not, in words; empty if he would
 */
public record PeerTls(
    String protocol,
    List<String> names,
    String issuer,
    Instant validUntil,
    Trust trust,
    String objection) {

  public PeerTls {
    names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  /** What came of verifying. */
  public enum Trust {
    /** The certificate is valid for the exchange's name, by an authority that is trusted. */
    VERIFIED,
    /** It is not. */
    REFUSED,
    /** Nobody could tell. */
    UNKNOWN
  }

  /** Whether the certificate is for a host of this name (RFC 6125, 6.4). */
  public boolean isFor(String exchange) {
    String host = exchange.toLowerCase(Locale.ROOT);
    return names.stream().anyMatch(name -> matches(name, host));
  }

  private static boolean matches(String name, String host) {
    int dot = host.indexOf('.');
    // RFC 6125, 6.4.3: the asterisk stands for the whole left-most label.
    return name.equals(host)
        || (name.startsWith("*.") && dot > 0 && host.substring(dot + 1).equals(name.substring(2)));
  }
}
