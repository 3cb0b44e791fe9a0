package org.mxrelay.routing;

import java.util.List;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.dns.MxAnswer;

/**
 * A decision with the answers on which it stands. Where the same questions, asked anew, get the
 * very same answers, it is decided alike. Immutable.
 *
 * @param exchanges what was said of the domain's exchanges
 * @param hosts which of these were asked for their addresses, in that order, and what was said
 */
record Precedent(MxAnswer exchanges, List<Host> hosts, RouteDecision.Attempt decision) {

  Precedent {
    hosts = List.copyOf(hosts);
  }

  /** An exchange and what was said of its addresses. */
  record Host(Domain name, AddressAnswer answer) {

    private int weight() {
      return answer instanceof AddressAnswer.Addresses a ? a.addresses().size() : 1;
    }
  }

  /**
   * Asks again. Answers that are no longer the same are not lost: {@link Lookups#addresses} has
   * them.
   */
  boolean holds(MxAnswer now, Lookups again) throws InterruptedException {
    // Identity, not equality: a resolver that keeps its answers gives the object that it gave
    // before, and with one that does not it costs nothing to find out.
    if (now != exchanges) {
      return false;
    }
    for (Host host : hosts) {
      if (!again.foresee(host.name(), host.answer())) {
        return false;
      }
    }
    return true;
  }

  /** How many addresses and notes it takes to keep it. */
  int weight() {
    return decision.trail().notes().size() + hosts.stream().mapToInt(Host::weight).sum();
  }
}
