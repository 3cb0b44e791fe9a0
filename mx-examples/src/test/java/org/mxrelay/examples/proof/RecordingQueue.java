package org.mxrelay.examples.proof;

import java.util.ArrayList;
import java.util.List;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.ForwardingQueue;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.Outcome.End;
import org.mxrelay.smtp.queue.Settlement;

/**
 * A queue that writes down, once it is stored, who was relayed: {@code settled NANOS LETTER
 * RECIPIENT}.
 */
final class RecordingQueue extends ForwardingQueue {

  private final Journal journal;

  RecordingQueue(DeliveryQueue other, Journal journal) {
    super(other);
    this.journal = journal;
  }

  @Override
  public List<Settlement.Result> settle(List<Settlement> settlements) {
    List<Settlement.Result> results = super.settle(settlements);
    List<String> lines = new ArrayList<>();
    for (Settlement.Result result : results) {
      result.stored().ifPresent(stored -> stored.ended().forEach(o -> note(o, lines)));
    }
    if (!lines.isEmpty()) {
      journal.add(lines);
    }
    return results;
  }

  private static void note(Outcome outcome, List<String> lines) {
    if (outcome.outcome() == End.RELAYED) {
      lines.add(
          "settled " + System.nanoTime() + " " + outcome.submission() + " " + outcome.recipient());
    }
  }
}
