package org.mxrelay.smtp.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mxrelay.retry.Decision;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Delivery.Uncertainty;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.OpenRecipient;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Settlement.Rest;
import org.mxrelay.smtp.queue.Submission;

/**
 * Makes the settlement of the decisions: who ended, what becomes of the rest, what is mailed.
 *
 * <p>Immutable. Changes nothing.
 */
record Settler(Reports reports) {

  Conclusion conclude(Lease lease, Hearing hearing, List<Decided> decided, Instant now) {
    Delivery delivery = lease.delivery();
    int attempts = delivery.attempts() + (hearing.begun() > 0 ? 1 : 0);
    List<Submission> spawned = new ArrayList<>();
    reports.failure(delivery, decided, now).ifPresent(spawned::add);
    reports.relayed(delivery, decided, hearing.sessions(), now).ifPresent(spawned::add);
    Optional<Reports.Notice> notice = reports.delay(delivery, decided, now);
    notice.map(Reports.Notice::report).ifPresent(spawned::add);
    After after =
        new After(
            attempts,
            hearing.uncertain().or(() -> remembered(delivery, now)),
            notice.map(n -> now).or(delivery::delayNoticed));
    Settlement settlement =
        new Settlement(
            lease,
            ended(delivery, decided, attempts, now),
            rest(delivery, decided, after),
            spawned,
            now);
    return new Conclusion(
        settlement, hearing, decided, notice.map(Reports.Notice::about).orElse(List.of()));
  }

  /**
   * Nothing was attempted, and the sender is told that his message is late. Whether or not he wants
   * to know, it is not asked again; all else stays as it is.
   */
  Conclusion late(Lease lease, Hearing nothing, List<OpenRecipient> waiting, Instant now) {
    Delivery delivery = lease.delivery();
    Decision waits = new Decision.Reschedule(delivery.due());
    List<Decided> decided =
        waiting.stream().map(open -> new Decided(open, Optional.empty(), waits)).toList();
    Optional<Reports.Notice> notice = reports.notice(delivery, decided, now);
    After after = new After(delivery.attempts(), delivery.uncertain(), Optional.of(now));
    Settlement settlement =
        new Settlement(
            lease,
            List.of(),
            rest(delivery, decided, after),
            notice.map(Reports.Notice::report).stream().toList(),
            now);
    return new Conclusion(
        settlement, nothing, decided, notice.map(Reports.Notice::about).orElse(List.of()));
  }

  /** What the delivery remembers from now on. */
  private record After(
      int attempts, Optional<Uncertainty> uncertain, Optional<Instant> delayNoticed) {}

  private static Optional<Uncertainty> remembered(Delivery delivery, Instant now) {
    return delivery.uncertain().filter(u -> now.isBefore(u.at().plus(RouteOrder.MEMORY)));
  }

  private static List<Outcome> ended(
      Delivery delivery, List<Decided> decided, int attempts, Instant now) {
    return decided.stream()
        .flatMap(
            d ->
                d
                    .end()
                    .map(
                        end ->
                            new Outcome(
                                delivery.submission(),
                                d.recipient().mailbox(),
                                end,
                                d.diagnostic(),
                                attempts,
                                now))
                    .stream())
        .toList();
  }

  private static Optional<Rest> rest(Delivery delivery, List<Decided> decided, After after) {
    List<OpenRecipient> open =
        decided.stream().filter(d -> d.end().isEmpty()).map(Decided::stillOpen).toList();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    // A delivery waits as one: who must wait longest says how long, and a person's turn comes
    // before any other attempt.
    Instant due = dues(decided).max(Comparator.naturalOrder()).orElse(delivery.due());
    Delivery next = goingOn(delivery, open, due, after);
    return Optional.of(
        holds(decided)
            .<Rest>map(hold -> new Rest.Held(next, hold.why()))
            .findFirst()
            .orElseGet(() -> new Rest.Rescheduled(next)));
  }

  private static Stream<Instant> dues(List<Decided> decided) {
    return decided.stream()
        .map(Decided::decision)
        .filter(Decision.Reschedule.class::isInstance)
        .map(d -> ((Decision.Reschedule) d).due());
  }

  private static Stream<Decision.Hold> holds(List<Decided> decided) {
    return decided.stream()
        .map(Decided::decision)
        .filter(Decision.Hold.class::isInstance)
        .map(Decision.Hold.class::cast);
  }

  private static Delivery goingOn(
      Delivery delivery, List<OpenRecipient> open, Instant due, After after) {
    return new Delivery(
        delivery.id(),
        delivery.submission(),
        delivery.destination(),
        delivery.reversePath(),
        delivery.options(),
        open,
        delivery.facts(),
        delivery.queuedAt(),
        due,
        after.attempts(),
        after.uncertain(),
        after.delayNoticed());
  }
}
