package org.mxrelay.smtp.queue.jdbc;

import static org.mxrelay.smtp.testkit.QueueMail.LEASE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.OpenRecipient;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.testkit.ManualClock;

/** What an application and its engine do with a queue, at random, and what they were answered. */
final class JournalWork {

  private final JdbcQueue queue;
  private final ManualClock clock;
  private final Random random;
  final JournalModel model = new JournalModel();
  private final List<Lease> leases = new ArrayList<>();
  private int made;

  JournalWork(JdbcQueue queue, ManualClock clock, Random random) {
    this.queue = queue;
    this.clock = clock;
    this.random = random;
  }

  /** Does one thing. */
  void step() {
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3, 4 -> add();
      case 5, 6, 7 -> claim();
      case 8, 9, 10, 11 -> settle();
      case 12 -> release();
      case 13 -> queue.status(new SubmissionId("m" + random.nextInt(made + 1)));
      case 14 -> queue.outcomes(0, 10);
      default -> {
        queue.renew(leases, clock.instant(), LEASE);
        queue.stats();
        clock.advance(Duration.ofSeconds(random.nextInt(10)));
      }
    }
  }

  private void add() {
    List<Submission> all = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      all.add(submission("m" + made++));
    }
    queue.add(all);
    all.forEach(model::added);
  }

  private Submission submission(String id) {
    List<String> to = new ArrayList<>();
    int destinations = 1 + random.nextInt(3);
    for (int d = 0; d < destinations; d++) {
      for (int r = random.nextInt(2); r >= 0; r--) {
        to.add("u" + r + "@d" + d + ".example");
      }
    }
    Envelope envelope = Envelope.from("ann@shop.example").to(to.toArray(new String[0]));
    return QueueMail.submission(id, clock.instant(), envelope, body());
  }

  private byte[] body() {
    int kind = random.nextInt(40);
    byte[] body = new byte[kind == 0 ? 270_000 : kind < 4 ? 60_000 : random.nextInt(3_000)];
    random.nextBytes(body);
    return body;
  }

  private void claim() {
    int most = 1 + random.nextInt(8);
    leases.addAll(queue.claim(QueueMail.room(clock.instant(), most, most)));
  }

  private Lease take() {
    return leases.remove(random.nextInt(leases.size()));
  }

  private void settle() {
    List<Settlement> all = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0 && !leases.isEmpty(); i--) {
      all.add(settlement(take()));
    }
    for (Settlement.Result result : queue.settle(all)) {
      result.stored().ifPresent(model::stored);
    }
  }

  private Settlement settlement(Lease lease) {
    Instant now = clock.instant();
    Settlement relayed = QueueMail.relayed(lease, now);
    return switch (random.nextInt(8)) {
      case 0 -> bounced(lease, now);
      case 1 -> QueueMail.rescheduled(lease, now.plusSeconds(random.nextInt(20)), now);
      case 2 -> partly(relayed, new Settlement.Rest.Held(lease.delivery(), "wait"));
      case 3 -> partly(relayed, new Settlement.Rest.Rescheduled(lease.delivery()));
      default -> relayed;
    };
  }

  private Settlement bounced(Lease lease, Instant now) {
    List<Outcome> ended = QueueMail.ended(lease, Outcome.End.BOUNCED, now).ended();
    Submission report = QueueMail.submission("r" + made++, now, "ann@shop.example");
    return new Settlement(lease, ended, Optional.empty(), List.of(report), now);
  }

  /** One recipient ended if there are two; the others go on. */
  private static Settlement partly(Settlement all, Settlement.Rest rest) {
    Delivery delivery = all.lease().delivery();
    List<OpenRecipient> open = delivery.open();
    int ended = open.size() - 1;
    return new Settlement(
        all.lease(),
        all.ended().subList(0, ended),
        Optional.of(rest.of(delivery.withOpen(open.subList(ended, open.size())))),
        List.of(),
        all.at());
  }

  private void release() {
    if (!leases.isEmpty()) {
      queue.release(List.of(take()));
    }
  }
}
