package org.mxrelay.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.dns.AddressAnswer;

/** Whether the exchanges have addresses, and have them themselves. */
final class ResolutionRule implements AuditRule {

  private static final String UNRESOLVABLE = "exchange-unresolvable";

  @Override
  public List<Finding> judge(MxPicture picture) {
    List<Finding> findings = new ArrayList<>();
    for (ExchangePicture exchange : picture.named()) {
      exchange.alias().ifPresent(target -> findings.add(alias(exchange, target)));
      unresolvable(picture, exchange).ifPresent(findings::add);
    }
    if (findings.isEmpty() && !picture.named().isEmpty()) {
      findings.add(
          Finding.ok(
              "exchange-address", picture.domain().name(), "All exchanges have their addresses."));
    }
    return findings;
  }

  private static Finding alias(ExchangePicture exchange, String target) {
    return Finding.warning(
        "exchange-alias",
        exchange.name().name(),
        "The name is an alias (CNAME) of "
            + target
            + ". An MX record must not name an alias (RFC 2181, 10.3; RFC 5321, 5.1): most senders"
            + " follow it, some do not, and loop detection may fail.",
        "Name " + target + " in the MX record, or give " + exchange.name() + " its own addresses.");
  }

  private static Optional<Finding> unresolvable(MxPicture picture, ExchangePicture exchange) {
    String name = exchange.name().name();
    if (exchange.answer() instanceof AddressAnswer.NoSuchHost) {
      return Optional.of(
          Finding.error(
              UNRESOLVABLE,
              name,
              "There is no such host in the DNS: the record leads nowhere.",
              adviceOn(name, picture.domain().name())));
    } else if (exchange.answer() instanceof AddressAnswer.NoAddress) {
      return Optional.of(
          Finding.error(
              UNRESOLVABLE,
              name,
              "The host has neither an IPv4 nor an IPv6 address: the record leads nowhere.",
              "Give the host an address, or remove the MX record."));
    } else if (exchange.answer() instanceof AddressAnswer.Unresolved unresolved) {
      return Optional.of(
          Finding.error(
              UNRESOLVABLE,
              name,
              "Nobody could tell the host's addresses: " + unresolved.why() + ".",
              "Look at the servers of the zone that the host's name lies in."));
    }
    return Optional.empty();
  }

  private static String adviceOn(String name, String domain) {
    return name.endsWith("." + domain + "." + domain)
        ? "Put a final dot behind the name in the zone file, where it is missing: "
            + name.substring(0, name.length() - domain.length() - 1)
            + "."
        : "Add the host's address to its zone, or remove the MX record.";
  }
}
