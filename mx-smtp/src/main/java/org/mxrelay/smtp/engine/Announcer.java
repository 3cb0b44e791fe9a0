package org.mxrelay.smtp.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Mailbox;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Settlement.Rest;
import org.mxrelay.smtp.queue.Settlement.Result;

/**
 * Tells the listeners what became of an attempt, in the order in which it happened.
 *
 * <p>Safe for use by several threads as far as the listener is.
 */
record Announcer(RelayListener listener) {

  void announce(Conclusion conclusion, Result result) {
    Settlement settlement = conclusion.settlement();
    sessions(settlement.lease().delivery(), conclusion.hearing());
    if (result.stored().isEmpty()) {
      lost(settlement.lease().delivery(), settlement.at());
      return;
    }
    Settlement stored = result.stored().get();
    conclusion.decided().forEach(decided -> waiting(conclusion, stored, decided));
    stored.ended().forEach(listener::ended);
  }

  /** It was found out where a delivery goes. */
  void routed(Delivery delivery, RouteDecision decision, Instant at) {
    listener.routed(new RelayEvent.Routed(delivery, decision, at));
  }

  /** The store itself held deliveries: they were lost alone, or cannot be read. */
  void held(List<QueueEntry> byTheStore, Instant at) {
    byTheStore.forEach(
        e ->
            listener.held(
                new RelayEvent.Held(e.delivery().submission(), Optional.empty(), e.why(), at)));
  }

  /** The outcome could not be stored, or is no longer ours to store. */
  void lost(Delivery delivery, Instant at) {
    listener.leaseLost(
        new RelayEvent.LeaseLost(
            delivery.submission(),
            "the lease of delivery " + delivery.id() + " ran out; nothing was stored",
            at));
  }

  private void sessions(Delivery delivery, Hearing hearing) {
    for (Session session : hearing.sessions()) {
      listener.attempted(
          new RelayEvent.Attempted(
              delivery,
              delivery.attempts() + 1,
              session.route(),
              session.facts(),
              session.diagnostics(),
              session.at()));
      TlsVerdict.of(delivery.destination(), session)
          .ifPresent(
              outcome ->
                  listener.tls(new RelayEvent.Tls(delivery.submission(), outcome, session.at())));
    }
  }

  private void waiting(Conclusion conclusion, Settlement stored, Decided decided) {
    Delivery delivery = stored.lease().delivery();
    int attempt = delivery.attempts() + (conclusion.hearing().begun() > 0 ? 1 : 0);
    Mailbox recipient = decided.recipient().mailbox();
    if (decided.heard().filter(Heard::isUncertain).isPresent()) {
      listener.uncertain(
          new RelayEvent.Uncertain(
              delivery.submission(), recipient, attempt, decided.diagnostic(), stored.at()));
    }
    Optional<Rest> rest = stored.rest().filter(r -> isOpen(r.delivery(), recipient));
    if (rest.isEmpty()) {
      return;
    }
    if (rest.get() instanceof Rest.Held hold) {
      listener.held(
          new RelayEvent.Held(
              delivery.submission(), Optional.of(recipient), hold.why(), stored.at()));
    } else if (decided.heard().isPresent()) {
      listener.deferred(
          new RelayEvent.Deferred(
              delivery.submission(),
              recipient,
              attempt,
              decided.diagnostic(),
              rest.get().delivery().due(),
              stored.at()));
    }
    if (conclusion.noticed().contains(decided.recipient())) {
      listener.delayed(new RelayEvent.Delayed(delivery.submission(), recipient, stored.at()));
    }
  }

  private static boolean isOpen(Delivery delivery, Mailbox recipient) {
    return delivery.open().stream().anyMatch(open -> open.mailbox().equals(recipient));
  }
}
