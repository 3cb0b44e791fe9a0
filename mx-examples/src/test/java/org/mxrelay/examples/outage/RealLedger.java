package org.mxrelay.examples.outage;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.mxrelay.examples.outage.Primary.Client;
import org.mxrelay.examples.outage.Story.End;
import org.mxrelay.routing.Router;
import org.mxrelay.routing.RoutingOptions;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.RecordedOutcome;
import org.mxrelay.testkit.ManualClock;

/**
 * The ledger of two real engines, the senders' and the backup's, on one manual clock, whose
 * transports lead to the simulated exchanges.
 */
final class RealLedger implements AutoCloseable {

  private final ManualClock clock = ManualClock.at(Instant.EPOCH);
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private final Map<String, Story> stories = new ConcurrentHashMap<>();
  private final PriorityQueue<Held> held = new PriorityQueue<>(Comparator.comparing(Held::until));
  private final Primary primary;
  private final Backup backup;
  private final RealEngine senders;
  private final RealEngine backups;

  RealLedger(Setup setup, Outages outages, SenderKind sender) {
    this.primary = new Primary(outages);
    this.backup = new Backup(setup, primary, this::hold);
    this.senders = engine(sender, setup, this::toSender);
    this.backups = engine(Backup.MAIL_SERVER, Setup.NONE, this::toBackup);
  }

  /** What the backup took, until it is to be passed on. */
  private record Held(Instant until, Letter letter) {}

  private RealEngine engine(SenderKind kind, Setup setup, SimulatedTransport.Exchanges exchanges) {
    Router router =
        Router.of(
            new EveryoneApart(setup), RoutingOptions.STANDARD, clock, new SplittableRandom(1));
    return new RealEngine(
        clock, kind, router, new SimulatedTransport(oneAtATime, stories, exchanges, clock));
  }

  private Said toSender(String exchange, Story story, long now) {
    return exchange.startsWith("mx.")
        ? primary.hear(story, Client.ITS_SENDER, now)
        : backup.hear(story, now);
  }

  private Said toBackup(String exchange, Story story, long now) {
    return primary.hear(story, Client.A_BACKUP, now);
  }

  /** Called under the lock of the transports. */
  private void hold(Parcel parcel, long first) {
    held.add(new Held(Instant.ofEpochMilli(first), parcel.story().letter()));
  }

  List<Line> run(List<Letter> letters) {
    Deque<Letter> waiting = new ArrayDeque<>(letters);
    for (Instant next = next(waiting); next.isBefore(Instant.MAX); next = next(waiting)) {
      clock.set(next);
      while (!waiting.isEmpty() && !next.isBefore(sentAt(waiting.element()))) {
        Letter letter = waiting.remove();
        stories.put(String.valueOf(letter.number()), new Story(letter));
        senders.submit(letter);
      }
      senders.settle();
      passOn(next);
      backups.settle();
    }
    senders.outcomes().forEach(this::end);
    return stories.values().stream().map(Line::of).toList();
  }

  private Instant next(Deque<Letter> waiting) {
    Instant sent = waiting.isEmpty() ? Instant.MAX : sentAt(waiting.element());
    Instant passed = held.isEmpty() ? Instant.MAX : held.element().until();
    return List.of(sent, passed, senders.nextDue(), backups.nextDue()).stream()
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private void passOn(Instant now) {
    while (!held.isEmpty() && !held.element().until().isAfter(now)) {
      backups.submit(held.remove().letter());
    }
  }

  private void end(RecordedOutcome recorded) {
    Outcome outcome = recorded.outcome();
    Story story = stories.get(outcome.recipient().localPart());
    End how = End.valueOf(outcome.outcome().name());
    story.begins();
    story.senderEnds(how, outcome.attempts(), outcome.at().toEpochMilli());
  }

  private static Instant sentAt(Letter letter) {
    return Instant.ofEpochMilli(letter.sentAt());
  }

  @Override
  public void close() {
    try (backups) {
      senders.close();
    }
  }
}
