package org.mxrelay.routing;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.IpAddress;
import org.mxrelay.routing.AddressPolicy.Lasting;
import org.mxrelay.routing.AddressPolicy.Refusal;
import org.mxrelay.routing.Finding.Fate;

/** Leaves of an exchange's addresses those that may be connected to. */
record AddressSieve(AddressPolicy policy, SelfNames self) {

  Finding sift(Exchange exchange, List<InetAddress> addresses, NoteBook notes) {
    // Before the policy: behind a NAT our own addresses are private, and a loop is no matter of
    // policy. One address of ours is enough, names differ where hosts do not.
    for (InetAddress a : addresses) {
      if (self.includes(a)) {
        return Finding.without(exchange, Fate.SELF, IpAddress.format(a) + " is ourselves");
      }
    }
    List<InetAddress> usable = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    for (InetAddress a : new LinkedHashSet<>(addresses)) {
      Optional<Refusal> refusal = policy.check(a);
      if (refusal.isPresent()) {
        refusals.add(refusal.get());
        notes.add(
            RouteNote.Kind.REFUSED, exchange.name(), IpAddress.format(a), refusal.get().why());
      } else {
        usable.add(a);
      }
    }
    return usable.isEmpty() ? refused(exchange, refusals) : Finding.usable(exchange, usable);
  }

  private static Finding refused(Exchange exchange, List<Refusal> refusals) {
    boolean nowhere = refusals.stream().allMatch(r -> r.lasting() == Lasting.NOWHERE);
    List<String> whys = refusals.stream().map(Refusal::why).distinct().toList();
    return Finding.without(
        exchange, nowhere ? Fate.REFUSED_NOWHERE : Fate.REFUSED_HERE, String.join(", ", whys));
  }
}
