package org.mxrelay.smtp.queue;

import java.util.List;

/**
 * What is known of a submission.
 *
 * <p>Immutable.
 *
 * @param id which
 * @param ended recipients that ended
 * @param pending deliveries that did not, with their states
 */
public record SubmissionStatus(SubmissionId id, List<Outcome> ended, List<QueueEntry> pending) {

  public SubmissionStatus {
    ended = List.copyOf(ended);
    pending = List.copyOf(pending);
  }

  /** Whether every recipient has a final outcome. */
  public boolean isEnded() {
    return pending.isEmpty();
  }
}
