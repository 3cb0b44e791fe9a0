package org.mxrelay.smtp.engine;

import java.util.Optional;
import org.mxrelay.address.Destination;
import org.mxrelay.address.Domain;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.SessionFacts.TlsTrouble;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsDemand.Level;
import org.mxrelay.tls.TlsFailure;
import org.mxrelay.tls.TlsOutcome;
import org.mxrelay.tls.TlsOutcome.PolicyType;

/** Judges what became of TLS in a session (RFC 8460, 4.3). Pure. */
final class TlsVerdict {

  private TlsVerdict() {}

  /** Nothing where TLS was not wanted, or the session did not get as far. */
  static Optional<TlsOutcome> of(Destination destination, Session session) {
    Optional<TlsDemand> demand = session.tls().filter(d -> d.level() != Level.NONE);
    if (!(destination instanceof Domain domain) || demand.isEmpty() || !isFromTheDns(session)) {
      return Optional.empty();
    }
    Optional<TlsTrouble> trouble = trouble(session.facts());
    if (trouble.isEmpty() && session.facts().tls().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new TlsOutcome(
            PolicyType.of(demand.get()),
            domain,
            session.route().exchange(),
            Optional.of(session.facts().address()),
            trouble.map(TlsTrouble::failure),
            trouble.map(TlsTrouble::why).orElse(""),
            session.at()));
  }

  /** What ended the session, or that it went on in plaintext for want of an offer. */
  private static Optional<TlsTrouble> trouble(SessionFacts facts) {
    boolean plain = facts.tls().isEmpty() && !facts.extensions().isEmpty();
    return plain && facts.tlsTrouble().isEmpty()
        ? Optional.of(
            new TlsTrouble(
                TlsFailure.STARTTLS_NOT_SUPPORTED, "the exchange does not offer STARTTLS"))
        : facts.tlsTrouble();
  }

  private static boolean isFromTheDns(Session session) {
    Route.Origin origin = session.route().origin();
    return origin == Route.Origin.MX || origin == Route.Origin.IMPLICIT_MX;
  }
}
