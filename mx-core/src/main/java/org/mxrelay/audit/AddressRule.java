package org.mxrelay.audit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.IpAddress;
import org.mxrelay.routing.AddressPolicy;

/** Whether the exchanges can be reached by everybody: public addresses, of both families. */
final class AddressRule implements AuditRule {

  private static final AddressPolicy PUBLIC = AddressPolicy.publicOnly();

  @Override
  public List<Finding> judge(MxPicture picture) {
    List<Finding> findings = new ArrayList<>();
    for (ExchangePicture exchange : picture.exchanges()) {
      for (InetAddress address : exchange.addresses()) {
        PUBLIC.check(address).ifPresent(r -> findings.add(notPublic(exchange, address, r)));
      }
    }
    if (findings.isEmpty() && hasAddress(picture)) {
      findings.add(
          Finding.ok("public-address", picture.domain().name(), "All addresses are public."));
    }
    families(picture).ifPresent(findings::add);
    return findings;
  }

  private static Finding notPublic(
      ExchangePicture exchange, InetAddress address, AddressPolicy.Refusal refusal) {
    return Finding.error(
        "non-public-address",
        exchange.name().name(),
        "The address "
            + IpAddress.format(address)
            + " is "
            + refusal.why()
            + ": nobody outside can reach it, and senders that try lose time or mail their own"
            + " hosts.",
        "Publish the public address of the host, and the inner one in the inner DNS only.");
  }

  private static Optional<Finding> families(MxPicture picture) {
    if (!hasAddress(picture)) {
      return Optional.empty();
    }
    String domain = picture.domain().name();
    boolean v4 = all(picture).stream().anyMatch(Inet4Address.class::isInstance);
    boolean v6 = all(picture).stream().anyMatch(a -> !(a instanceof Inet4Address));
    if (!v4) {
      return Optional.of(
          Finding.error(
              "no-ipv4",
              domain,
              "No exchange has an IPv4 address: the many senders without IPv6 cannot deliver.",
              "Give at least one exchange an IPv4 address as well."));
    } else if (!v6) {
      return Optional.of(
          Finding.info(
              "no-ipv6",
              domain,
              "No exchange has an IPv6 address. Every sender that matters can use IPv4.",
              "Add one when the host has IPv6 and a PTR record for it."));
    }
    return Optional.of(
        Finding.ok("families", domain, "The exchanges can be reached by IPv4 and IPv6."));
  }

  private static boolean hasAddress(MxPicture picture) {
    return !all(picture).isEmpty();
  }

  private static List<InetAddress> all(MxPicture picture) {
    return picture.exchanges().stream().flatMap(e -> e.addresses().stream()).toList();
  }
}
