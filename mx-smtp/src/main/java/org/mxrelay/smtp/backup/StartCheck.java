package org.mxrelay.smtp.backup;

import java.util.Optional;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.MxRecord;
import org.mxrelay.routing.SelfNames;

/** Says why we are no backup of a domain. Pure. */
final class StartCheck {

  private StartCheck() {}

  /** Why not; nothing if we are one, or nobody can tell now. */
  static Optional<String> why(Domain domain, MxAnswer answer, SelfNames self) {
    return answer.fold(
        new MxAnswer.Cases<>(
            exchanges -> among(domain, exchanges, self),
            noMx -> Optional.of(domain + " has no MX record"),
            nullMx -> Optional.of(domain + " takes no mail (null MX)"),
            noSuchDomain -> Optional.of(domain + " does not exist"),
            unresolved -> Optional.empty()));
  }

  private static Optional<String> among(
      Domain domain, MxAnswer.Exchanges exchanges, SelfNames self) {
    Optional<MxRecord> ours =
        exchanges.records().stream().filter(r -> self.includes(r.exchange())).findFirst();
    if (ours.isEmpty()) {
      return Optional.of("none of the exchanges of " + domain + " is ours: " + shown(exchanges));
    }
    int preference = ours.get().preference();
    boolean behind = exchanges.records().stream().anyMatch(r -> r.preference() < preference);
    return behind
        ? Optional.empty()
        : Optional.of("no exchange of " + domain + " is better than ours: " + shown(exchanges));
  }

  private static String shown(MxAnswer.Exchanges exchanges) {
    return String.join(
        ", ", exchanges.records().stream().map(r -> r.preference() + " " + r.exchange()).toList());
  }
}
