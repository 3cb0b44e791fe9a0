package org.mxrelay.smtp.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Destination;
import org.mxrelay.address.ReversePath;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.MessageFacts;

/**
 * The unit of work: one message for one destination with its open recipients.
 *
 * <p>Immutable.
 *
 * @param id unique in the store
 * @param submission the message it belongs to
 * @param destination the one destination of all its recipients
 * @param reversePath who is told of failures
 * @param options what MAIL may ask for
 * @param open the recipients that have no final outcome yet; at least one
 * @param facts about the message
 * @param queuedAt when the message was accepted
 * @param due when it became due
 * @param attempts sessions begun so far; 0 before the first
 * @param uncertain what is remembered of an outcome that nobody knows
 * @param delayNoticed when the sender was told of the delay, or it turned out during a postponement
 *     that nobody wants to be told
 */
public record Delivery(
    long id,
    SubmissionId submission,
    Destination destination,
    ReversePath reversePath,
    EnvelopeOptions options,
    List<OpenRecipient> open,
    MessageFacts facts,
    Instant queuedAt,
    Instant due,
    int attempts,
    Optional<Uncertainty> uncertain,
    Optional<Instant> delayNoticed) {

  /**
   * @throws IllegalArgumentException if no recipient is open
   */
  public Delivery {
    open = List.copyOf(open);
    if (open.isEmpty()) {
      throw new IllegalArgumentException("a delivery without an open recipient: " + id);
    }
  }

  /** A delivery that was just queued: nothing was attempted. */
  public static Delivery first(long id, Submission submission, List<OpenRecipient> open) {
    return new Delivery(
        id,
        submission.id(),
        open.get(0).mailbox().destination(),
        submission.envelope().reversePath(),
        submission.envelope().options(),
        open,
        submission.facts(),
        submission.queuedAt(),
        submission.due(),
        0,
        Optional.empty(),
        Optional.empty());
  }

  /** The envelope of its open recipients. */
  public Envelope envelope() {
    return new Envelope(reversePath, open.stream().map(OpenRecipient::recipient).toList(), options);
  }

  /** Whether there is a sender, and he wants to hear of a delay (RFC 3461, 4.1). */
  boolean mayBeNoticed() {
    return !reversePath.equals(ReversePath.NULL)
        && open.stream().anyMatch(o -> o.recipient().wantsDelayNotice());
  }

  /** The same delivery with other open recipients. */
  public Delivery withOpen(List<OpenRecipient> others) {
    return new Delivery(
        id,
        submission,
        destination,
        reversePath,
        options,
        others,
        facts,
        queuedAt,
        due,
        attempts,
        uncertain,
        delayNoticed);
  }

  /** The same delivery at another time. */
  public Delivery withDue(Instant other) {
    return new Delivery(
        id,
        submission,
        destination,
        reversePath,
        options,
        open,
        facts,
        queuedAt,
        other,
        attempts,
        uncertain,
        delayNoticed);
  }

  /**
   * An attempt whose end nobody knows: the last byte was sent and no reply came.
   *
   * @param exchange to which later attempts go first
   * @param preference no worse one is tried for some hours
   * @param at when it happened
   */
  public record Uncertainty(String exchange, int preference, Instant at) {}
}
