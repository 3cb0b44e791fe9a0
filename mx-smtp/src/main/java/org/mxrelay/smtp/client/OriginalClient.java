package org.mxrelay.smtp.client;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mxrelay.address.IpAddress;

/**
 * The client for whom a session speaks, as XCLIENT tells it.
 *
 * <p>Immutable. The texts come from strangers and are encoded as xtext.
 *
 * @param address its address
 * @param name its verified name, if it has one
 * @param helo what it said to EHLO or HELO; empty if that is not known
 * @param greeting by which of the two it began
 */
public record OriginalClient(
    InetAddress address, Optional<String> name, String helo, Greeting greeting) {

  private static final String UNAVAILABLE = "[UNAVAILABLE]";

  /** The words for PROTO. */
  public enum Greeting {
    /** HELO. */
    SMTP,
    /** EHLO. */
    ESMTP
  }

  /** Those attributes that are offered, each behind a space. */
  String attributes(String offer) {
    List<String> offered = Arrays.asList(offer.toUpperCase(Locale.ROOT).split("\\s+"));
    Map<String, String> all = new LinkedHashMap<>();
    all.put("NAME", name.orElse(UNAVAILABLE));
    all.put("ADDR", addr());
    all.put("PROTO", greeting.name());
    all.put("HELO", helo.isEmpty() ? UNAVAILABLE : helo);
    StringBuilder line = new StringBuilder();
    all.forEach(
        (attribute, value) -> {
          if (offered.contains(attribute)) {
            String encoded = Xtext.encode(value).orElse(UNAVAILABLE);
            line.append(' ').append(attribute).append('=').append(encoded);
          }
        });
    return line.toString();
  }

  private String addr() {
    InetAddress plain = IpAddress.unmapped(address);
    String text = IpAddress.format(plain);
    return plain instanceof Inet6Address ? "IPV6:" + text : text;
  }
}
