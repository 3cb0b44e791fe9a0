package org.mxrelay.smtp.backup;

import java.net.InetAddress;
import java.util.Optional;

/**
 * What is known of a client that came to the backup.
 *
 * <p>Immutable. Texts come from strangers.
 *
 * @param address its address
 * @param name its name, if the server looked it up and found that it leads back to the address
 * @param helo what it said to EHLO or HELO, an address literal in its brackets; empty if it said
 *     nothing yet
 * @param protocol in which it speaks
 */
public record ClientFacts(
    InetAddress address, Optional<String> name, String helo, Protocol protocol) {

  private static final int LONGEST = 255;

  /**
   * @throws IllegalArgumentException if a name has characters that no host name or address literal
   *     has, or more than 255 of them
   */
  public ClientFacts {
    requireHost("helo", helo);
    name.ifPresent(n -> requireHost("name", n));
  }

  /** A client of which nothing more is known. */
  public static ClientFacts of(InetAddress address, String helo) {
    return new ClientFacts(address, Optional.empty(), helo, Protocol.ESMTP);
  }

  private static void requireHost(String what, String text) {
    if (text.length() > LONGEST || text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f)) {
      throw new IllegalArgumentException("client's " + what + ": no host name");
    }
  }

  /** The words of RFC 3848 for Received fields. */
  public enum Protocol {
    /** HELO. */
    SMTP,
    /** EHLO. */
    ESMTP,
    /** EHLO under TLS. */
    ESMTPS
  }
}
