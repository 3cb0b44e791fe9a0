package org.mxrelay.tls;

import java.util.List;
import org.mxrelay.address.Destination;
import org.mxrelay.dns.TlsaRecord;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.tls.DaneLookups.Heard;

/**
 * A plan with the answers on which it stands. Where the same questions, asked anew, get the very
 * same answers, the plan is the same. Immutable.
 *
 * @param heard the questions in the order in which they were asked
 */
record DanePrecedent(List<Heard> heard, TlsPlan plan) {

  /** Larger ones are worked out each time, so that a stranger's zones cannot take much memory. */
  private static final int HEAVIEST = 60;

  /** So much of a TLSA record weighs as much as a route, in hexadecimal digits. */
  private static final int DIGITS = 200;

  /** What the plan was for. */
  record Case(Destination destination, RouteDecision.Attempt decision) {}

  DanePrecedent {
    heard = List.copyOf(heard);
  }

  /** Asks again. Answers that are no longer the same are not lost: the lookups tell them next. */
  boolean holds(DaneLookups again) throws InterruptedException {
    for (Heard before : heard) {
      if (!again.foresee(before)) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is small enough to be kept. */
  boolean isLight() {
    int weight = plan.routes().size() + plan.decision().trail().notes().size();
    return weight <= HEAVIEST && weight + digits() / DIGITS <= HEAVIEST;
  }

  private int digits() {
    return plan.demands().values().stream()
        .flatMap(demand -> demand.dane().stream())
        .flatMap(identity -> identity.records().stream())
        .map(TlsaRecord::data)
        .mapToInt(String::length)
        .sum();
  }
}
