package org.mxrelay.examples.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.mxrelay.examples.outage.Parcel.Unknown;
import org.mxrelay.examples.outage.SenderKind.Manner;
import org.mxrelay.reply.Judgement;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Disposition;
import org.mxrelay.routing.Fallthrough.Age;
import org.mxrelay.routing.Fallthrough.Answer;
import org.mxrelay.routing.Fallthrough.Case;
import org.mxrelay.routing.Fallthrough.Next;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;

/**
 * One attempt: from route to route, as far as the fall-through says.
 *
 * <p>Confined to one thread.
 */
final class Walk {

  /** How long an exchange that may have a message is the only one for it, as in the engine. */
  private static final Duration FAITHFUL = Duration.ofHours(4);

  /** The least delay after an outcome that nobody knows, as in the engine. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Exchanges exchanges;

  /** The simulated exchanges. */
  @FunctionalInterface
  interface Exchanges {
    Said hear(Route route, Parcel parcel, long now);
  }

  /**
   * What the attempt came to.
   *
   * @param judgement of the last thing heard
   * @param patience the least delay that it calls for
   */
  record Result(Judgement judgement, Duration patience) {}

  Walk(Exchanges exchanges) {
    this.exchanges = exchanges;
  }

  Result along(RouteDecision.Attempt attempt, Parcel parcel, long now) {
    List<Route> routes = order(attempt.routes(), parcel, now);
    Result result = new Result(Judgement.unanswered(Stage.CONNECT), Duration.ZERO);
    Disposition disposition = Disposition.NEXT_ROUTE;
    for (int i = 0; i < routes.size() && disposition == Disposition.NEXT_ROUTE; i++) {
      Route route = routes.get(i);
      Next next = Next.of(route, routes.subList(i + 1, routes.size()));
      Said said = exchanges.hear(route, parcel, now);
      Answer answer = understood(said.answer(), parcel);
      if (answer == Answer.UNCERTAIN) {
        parcel.nobodyKnows(route, now);
      }
      Case heard =
          new Case(
              said.stage(), answer, said.judgement(), attempt.rank(route), next, age(parcel, now));
      disposition = parcel.by().fallthrough().dispose(heard);
      result = new Result(softened(said.judgement(), disposition), patience(answer));
    }
    return result;
  }

  /** Most senders take a lost reply for a lost connection. */
  private static Answer understood(Answer answer, Parcel parcel) {
    boolean careful = parcel.by().manner() == Manner.CAREFUL;
    return answer == Answer.UNCERTAIN && !careful ? Answer.LOST : answer;
  }

  private static Duration patience(Answer answer) {
    return answer == Answer.UNCERTAIN ? PATIENCE : Duration.ZERO;
  }

  /** A 5yz that is not final is waited with. */
  private static Judgement softened(Judgement judgement, Disposition disposition) {
    return judgement.isPermanent() && disposition != Disposition.FINAL
        ? Judgement.temporary(judgement.category(), judgement.rule())
        : judgement;
  }

  private static Age age(Parcel parcel, long now) {
    // In whole numbers: Duration divides in big decimals, which takes most of a simulation's time.
    long lastQuarter = parcel.by().policy().expiry().toMillis() / 4 * 3;
    return now - parcel.since() < lastQuarter ? Age.ORDINARY : Age.LAST_QUARTER;
  }

  private static List<Route> order(List<Route> routes, Parcel parcel, long now) {
    if (parcel.by().manner() == Manner.WORST_FIRST) {
      List<Route> reversed = new ArrayList<>(routes);
      Collections.reverse(reversed);
      return reversed;
    }
    return parcel
        .unknown()
        .filter(u -> now - u.at() < FAITHFUL.toMillis())
        .map(u -> faithful(routes, u))
        .orElse(routes);
  }

  private static List<Route> faithful(List<Route> routes, Unknown to) {
    Stream<Route> same = routes.stream().filter(r -> r.exchange().equals(to.where().exchange()));
    Stream<Route> noWorse =
        routes.stream()
            .filter(r -> !r.exchange().equals(to.where().exchange()))
            .filter(r -> r.preference() <= to.where().preference());
    return Stream.concat(same, noWorse).toList();
  }

  /** A time of the simulation as the deciders know it. */
  static Instant instant(long time) {
    return Instant.ofEpochMilli(time);
  }
}
