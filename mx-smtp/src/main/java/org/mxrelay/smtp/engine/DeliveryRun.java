package org.mxrelay.smtp.engine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.OpenRecipient;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.tls.TlsPlan;

/**
 * The straight line: what happens to a delivery once it is claimed.
 *
 * <p>Safe for use by several threads, each with work of its own.
 */
final class DeliveryRun {

  private final Routing routing;
  private final Sessions sessions;
  private final Rules rules;
  private final Limits limits;
  private final Times times;
  private final Decider decider;
  private final Settler settler;
  private final SettleLine line;
  private final Announcer announcer;
  private final Reachability reach;
  private final Lanes lanes;

  DeliveryRun(EngineParts parts, Lanes lanes, Reachability reach, SettleLine line) {
    this.lanes = lanes;
    this.reach = reach;
    this.rules = parts.rules();
    this.limits = parts.limits();
    this.times = parts.times();
    this.routing = new Routing(parts.router(), parts.tls(), parts.queue());
    this.sessions =
        new Sessions(
            parts.transport(), parts.queue(), new Judge(rules.classifier()), times, reach, lanes);
    this.decider = new Decider(rules.retry(), rules.holds(), rules.patience(), times.random());
    this.settler = new Settler(parts.reports());
    this.announcer = new Announcer(parts.listener());
    this.line = line;
  }

  /**
   * One attempt of a claimed delivery, from the question where it goes to the line of outcomes to
   * be stored.
   */
  void run(Work work) throws InterruptedException, BrokenOff {
    Delivery delivery = work.delivery();
    if (work.isOnlyTold()) {
      tell(work);
      return;
    }
    TlsPlan plan = routing.route(delivery); // route
    announcer.routed(delivery, plan.decision(), times.now());
    lanes.join(work, plan.decision().routes());
    Hearing hearing = attempt(work, plan); // attempt, classify
    if (work.takeOver(times.now())) {
      List<Decided> decided = decider.decide(delivery, hearing, times.now()); // decide
      Settlement settlement = settle(work, hearing, decided); // settle
      reach.concluded(
          delivery.destination(),
          plan.decision().routes(),
          settlement.rest().map(rest -> rest.delivery().due()));
    }
  }

  private Hearing attempt(Work work, TlsPlan plan) throws InterruptedException, BrokenOff {
    RouteDecision decision = plan.decision();
    if (decision instanceof RouteDecision.Attempt attempt) {
      if (isInVain(work, attempt)) {
        hearOfAll(work, Judge.unreachable());
        return work.hearing();
      }
      Instant now = times.now();
      Course course = Course.of(rules, work.delivery(), now);
      Deadline deadline = Deadline.in(limits.attempt(), times.nanos());
      new RouteWalk(work, sessions, course, new TlsChoice(rules.tls(), plan))
          .along(attempt, RouteOrder.of(attempt.routes(), work.delivery(), now), deadline);
    } else if (decision instanceof RouteDecision.Defer defer) {
      hearOfAll(work, Judge.of(defer));
    } else if (decision instanceof RouteDecision.Fail fail) {
      hearOfAll(work, Judge.of(fail));
    }
    return work.hearing();
  }

  /**
   * Whether nobody is there, as others found out a moment ago. One whose time is over need not see
   * for itself; any other waits for better times, as if it had never been claimed.
   */
  private boolean isInVain(Work work, RouteDecision.Attempt attempt) throws BrokenOff {
    Delivery delivery = work.delivery();
    boolean over = !times.now().isBefore(rules.expiryOf(delivery));
    boolean looks = !over && reach.isWanted(work);
    if (looks || !reach.isDead(delivery.destination(), attempt.routes())) {
      return false;
    }
    if (!over) {
      throw new BrokenOff("its exchanges are known to be unreachable");
    }
    return true;
  }

  private static void hearOfAll(Work work, Heard heard) {
    Map<Recipient, Heard> all = new LinkedHashMap<>();
    work.delivery().open().forEach(open -> all.put(open.recipient(), heard));
    work.hear(all);
  }

  private Settlement settle(Work work, Hearing hearing, List<Decided> decided) {
    Conclusion conclusion = settler.conclude(work.lease(), hearing, decided, times.now());
    line.add(new Unsettled(work, conclusion));
    return conclusion.settlement();
  }

  /** Its destination is postponed: nobody is asked, and its turn to be attempted stays. */
  private void tell(Work work) {
    if (!work.takeOver(times.now())) {
      return;
    }
    Delivery delivery = work.delivery();
    List<OpenRecipient> waiting = delivery.open();
    if (reach.isPostponed(delivery.destination())) {
      waiting = waiting.stream().map(DeliveryRun::orUnreachable).toList();
    }
    Conclusion conclusion = settler.late(work.lease(), work.hearing(), waiting, times.now());
    line.add(new Unsettled(work, conclusion));
  }

  /** Its own last word says more than what others found out. */
  private static OpenRecipient orUnreachable(OpenRecipient open) {
    return new OpenRecipient(
        open.recipient(), open.last().or(() -> Optional.of(Judge.unreachable().diagnostic())));
  }

  /** Settles what is known of work that was taken over after it was broken off. */
  void conclude(Work work) {
    Hearing hearing = work.hearing();
    settle(work, hearing, decider.decide(work.delivery(), hearing, times.now()));
  }

  /** Nothing was stored, because somebody else has the delivery. */
  void lost(Work work) {
    announcer.lost(work.delivery(), times.now());
  }
}
