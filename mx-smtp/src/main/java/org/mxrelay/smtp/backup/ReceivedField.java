package org.mxrelay.smtp.backup;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.mxrelay.address.IpAddress;

/** Writes the Received field that a relay has to add (RFC 5321, 4.4). Pure. */
final class ReceivedField {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

  private ReceivedField() {}

  /**
   * @param by what we call ourselves
   * @param id under which we know the message
   */
  static HeaderField of(ClientFacts client, String by, String id, Instant at) {
    String said = client.helo().isEmpty() ? "unknown" : comment(client.helo());
    String tcp = client.name().map(n -> comment(n) + " ").orElse("") + literal(client.address());
    return new HeaderField(
        "Received",
        "from "
            + said
            + " ("
            + tcp
            + ")\r\n\tby "
            + by
            + " with "
            + client.protocol().name()
            + " id "
            + id
            + ";\r\n\t"
            + DATE.format(at.atOffset(ZoneOffset.UTC)));
  }

  /** RFC 5321, 4.1.3 */
  private static String literal(InetAddress address) {
    InetAddress plain = IpAddress.unmapped(address);
    String text = IpAddress.format(plain);
    return plain instanceof Inet6Address ? "[IPv6:" + text + "]" : "[" + text + "]";
  }

  /** What a stranger said must not end the comment or the field that it stands in. */
  private static String comment(String text) {
    return text.replaceAll("[^A-Za-z0-9._:\\[\\]-]", "?");
  }
}
