package org.mxrelay.smtp.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.routing.Disposition;
import org.mxrelay.routing.Fallthrough.Answer;
import org.mxrelay.routing.Fallthrough.Next;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.smtp.engine.Sessions.Plan;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.transport.RecipientResult.Lacking;

/**
 * Walks the routes of one attempt in their order, with the recipients that are still to go on.
 *
 * <p>Confined to the thread that works on the delivery.
 */
final class RouteWalk {

  /** Routes that one attempt tries at most, whatever the router says (G10). */
  static final int MOST_ROUTES = 40;

  private final Work work;
  private final Delivery delivery;
  private final Sessions sessions;
  private final Course course;
  private final TlsChoice tls;

  /** Preferences of which an exchange was there that might yet take the message. */
  private final Set<Integer> undecided = new HashSet<>();

  RouteWalk(Work work, Sessions sessions, Course course, TlsChoice tls) {
    this.work = work;
    this.delivery = work.delivery();
    this.sessions = sessions;
    this.course = course;
    this.tls = tls;
  }

  /** Goes from route to route until nobody goes on, or the deadline says that it is enough. */
  void along(RouteDecision.Attempt attempt, List<Route> order, Deadline deadline)
      throws InterruptedException, BrokenOff {
    List<Route> routes = order.subList(0, Math.min(order.size(), MOST_ROUTES));
    List<Recipient> going = delivery.envelope().recipients();
    for (int i = 0; i < routes.size() && !going.isEmpty() && !deadline.isOver(); i++) {
      Route route = routes.get(i);
      Next next = Next.of(route, routes.subList(i + 1, routes.size()));
      Plan plan = new Plan(route, tls.demand(delivery, route), attempt.rank(route));
      going = visit(plan, next, going);
    }
  }

  /** Stays with one route as long as that gets anywhere; answers who goes on to the next. */
  private List<Recipient> visit(Plan plan, Next next, List<Recipient> recipients)
      throws InterruptedException, BrokenOff {
    List<Recipient> goingOn = new ArrayList<>();
    List<Recipient> here = recipients;
    Plan now = plan;
    while (!here.isEmpty()) {
      Optional<Lacking> objection = tls.objection(delivery, now.route());
      Session session =
          objection.isPresent()
              ? sessions.refrain(work, now.route(), here, objection.get())
              : sessions.hold(work, now, here);
      if (session.heard().values().stream().allMatch(h -> TlsChoice.wantsPlaintext(h, delivery))) {
        now = new Plan(now.route(), TlsChoice.PLAINTEXT, now.rank());
      } else {
        Map<Recipient, Disposition> became = dispose(now, next, session);
        goingOn.addAll(who(became, Disposition.NEXT_ROUTE));
        here = who(became, Disposition.NEXT_TRANSACTION);
      }
    }
    return goingOn;
  }

  private Map<Recipient, Disposition> dispose(Plan plan, Next next, Session session) {
    boolean progress =
        session.heard().values().stream().anyMatch(h -> h.answer() != Answer.TOO_MANY_RECIPIENTS);
    Map<Recipient, Disposition> became = new LinkedHashMap<>();
    Map<Recipient, Heard> softened = new LinkedHashMap<>();
    session
        .heard()
        .forEach(
            (recipient, said) -> {
              Heard heard = progress ? said : takenAtItsWord(said);
              Disposition disposition =
                  unlessUndecided(course.after(heard, plan.rank(), next), heard, plan);
              if (heard.judgement().isPermanent() && disposition != Disposition.FINAL) {
                softened.put(recipient, heard.softened());
              }
              became.put(recipient, disposition);
            });
    work.hear(softened);
    return became;
  }

  /**
   * What one exchange lacks is not final while an equal of it has not said what it offers, be it
   * before or after this one in the order of chance.
   */
  private Disposition unlessUndecided(Disposition disposition, Heard heard, Plan plan) {
    int preference = plan.route().preference();
    if (heard.answer() == Answer.LACKING) {
      boolean waits = disposition == Disposition.FINAL && undecided.contains(preference);
      return waits ? Disposition.NEXT_ATTEMPT : disposition;
    }
    if (heard.judgement().isTransient()) {
      undecided.add(preference);
    }
    return disposition;
  }

  /**
   * RFC 5321, 4.5.3.1.10: the rest goes at once into another transaction, but not round and round:
   * too many for a transaction in which nobody else was is a refusal like any other.
   */
  private static Heard takenAtItsWord(Heard said) {
    return said.answer() == Answer.TOO_MANY_RECIPIENTS ? said.as(Answer.REPLIED) : said;
  }

  private static List<Recipient> who(Map<Recipient, Disposition> all, Disposition became) {
    List<Recipient> who = new ArrayList<>();
    all.forEach(
        (recipient, disposition) -> {
          if (disposition == became) {
            who.add(recipient);
          }
        });
    return who;
  }
}
