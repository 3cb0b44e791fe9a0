package org.mxrelay.examples.proof;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.SubmissionUncertain;

/**
 * Submits letters, and keeps the ledger.
 *
 * <p>Its lines: {@code offered LETTER DIGEST RECIPIENT,...} before it submits, {@code accepted
 * LETTER} after that returned, {@code refused LETTER} if it threw.
 */
final class Injector {

  private final MxRelay relay;
  private final Journal journal;
  private final Orders orders;

  Injector(MxRelay relay, Journal journal, Orders orders) {
    this.relay = relay;
    this.journal = journal;
    this.orders = orders;
  }

  /** Submits all of one thread's letters; ends early when the relay is closed. */
  void run(int thread) {
    Fate.Mix mix = Fate.Mix.valueOf(orders.text("mix", "MIXED"));
    int many = orders.number("letters", 0);
    long pause = Duration.ofMillis(orders.number("pause", 0)).toNanos();
    try {
      for (int i = 0; i < many; i++) {
        String id = orders.text("life", "") + "-" + thread + "-" + i;
        inject(Letter.of(id, mix, orders.number("domains", 10)));
        LockSupport.parkNanos(pause);
      }
    } catch (IllegalStateException closed) {
      // The node was asked to end.
    }
  }

  private void inject(Letter letter) {
    String recipients = String.join(",", letter.recipients());
    journal.add("offered " + letter.id() + " " + Letter.digest(letter.bytes()) + " " + recipients);
    try {
      submit(letter);
      journal.add("accepted " + letter.id());
    } catch (QueueException e) {
      journal.add("refused " + letter.id());
    }
  }

  /** Where nobody knows, the same id again changes nothing, and tells. */
  private void submit(Letter letter) {
    Envelope envelope = Envelope.from(Letter.SENDER).to(letter.recipients().toArray(String[]::new));
    boolean uncertain = false;
    while (true) {
      try {
        relay.submit(new SubmissionId(letter.id()), envelope, MessageSource.of(letter.bytes()));
        return;
      } catch (SubmissionUncertain nobodyKnows) {
        uncertain = true;
      } catch (QueueException stillNobodyKnows) {
        if (!uncertain) {
          throw stillNobodyKnows;
        }
      }
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }
}
