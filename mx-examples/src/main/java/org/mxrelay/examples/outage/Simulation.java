package org.mxrelay.examples.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.mxrelay.examples.outage.Primary.Client;
import org.mxrelay.examples.outage.Story.End;
import org.mxrelay.retry.Decision;
import org.mxrelay.retry.RetryCase;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.Router;
import org.mxrelay.routing.RoutingOptions;
import org.mxrelay.routing.SelfNames;

/**
 * The event loop: whoever is due next is tried next, and time is what they are due at.
 *
 * <p>Confined to one thread.
 */
final class Simulation {

  private final RandomGenerator random;
  private final RouteDecision.Attempt ofSender;
  private final RouteDecision.Attempt ofBackup;
  private final Primary primary;
  private final Backup backup;
  private final Consumer<Story> ended;
  private final Walk walk = new Walk(this::hear);
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::turn));
  private long now;
  private long turns;

  /**
   * @param random draws jitter
   * @param ended told of each letter once nobody has it to deliver any more
   */
  Simulation(Setup setup, Outages outages, RandomGenerator random, Consumer<Story> ended)
      throws InterruptedException {
    this.random = random;
    this.ended = ended;
    this.primary = new Primary(outages);
    this.backup = new Backup(setup, primary, this::enqueue);
    SelfNames itself = SelfNames.of(List.of(TwoHosts.BACKUP.name()));
    this.ofSender = routes(setup, SelfNames.NONE);
    this.ofBackup = routes(setup, itself);
  }

  /**
   * Asked once, since the order of two exchanges of different preference is no matter of chance. To
   * the backup, itself and all that is no better drop out.
   */
  private RouteDecision.Attempt routes(Setup setup, SelfNames self) throws InterruptedException {
    RoutingOptions options = RoutingOptions.STANDARD.withSelf(self);
    try (Router router = Router.of(new TwoHosts(setup), options, this::instant, random)) {
      RouteDecision decision = router.route(TwoHosts.DOMAIN);
      if (decision instanceof RouteDecision.Attempt attempt) {
        return attempt;
      }
      throw new IllegalStateException("no route: " + decision.explain());
    }
  }

  private record Due(long at, long turn, Parcel parcel) {}

  /** Sends the letters, in their order, and goes on until nothing is left to do. */
  void run(Iterator<Letter> letters) {
    while (letters.hasNext()) {
      Letter letter = letters.next();
      runUntil(letter.sentAt());
      now = letter.sentAt();
      attempt(new Parcel(new Story(letter), letter.sender(), Client.ITS_SENDER, now));
    }
    runUntil(Long.MAX_VALUE);
  }

  private void runUntil(long end) {
    for (Due due = queue.peek(); due != null && due.at() < end; due = queue.peek()) {
      queue.remove();
      now = due.at();
      attempt(due.parcel());
    }
  }

  private void attempt(Parcel parcel) {
    RouteDecision.Attempt routes = parcel.client() == Client.A_BACKUP ? ofBackup : ofSender;
    Walk.Result result = walk.along(routes, parcel, now);
    Duration delay = parcel.by().policy().schedule().after(parcel.count(), random);
    Decision decision =
        parcel
            .by()
            .policy()
            .decide(
                new RetryCase(
                    result.judgement(),
                    parcel.attempts(),
                    Walk.instant(parcel.since()),
                    instant(),
                    delay,
                    result.patience()));
    settle(parcel, decision);
  }

  private void settle(Parcel parcel, Decision decision) {
    if (decision instanceof Decision.Reschedule later) {
      enqueue(parcel, later.due().toEpochMilli());
    } else if (decision instanceof Decision.Complete) {
      end(parcel, End.RELAYED);
    } else if (decision instanceof Decision.Bounce) {
      end(parcel, End.BOUNCED);
    } else {
      end(parcel, End.EXPIRED);
    }
  }

  private void end(Parcel parcel, End how) {
    Story story = parcel.story();
    boolean over =
        parcel.client() == Client.A_BACKUP
            ? story.backupEnds(how)
            : story.senderEnds(how, parcel.attempts(), now);
    if (over) {
      ended.accept(story);
    }
  }

  private Said hear(Route route, Parcel parcel, long at) {
    return route.exchange().equals(TwoHosts.PRIMARY.name())
        ? primary.hear(parcel.story(), parcel.client(), at)
        : backup.hear(parcel.story(), at);
  }

  private void enqueue(Parcel parcel, long at) {
    queue.add(new Due(at, turns++, parcel));
  }

  private Instant instant() {
    return Walk.instant(now);
  }
}
