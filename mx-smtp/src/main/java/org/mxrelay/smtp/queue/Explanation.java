package org.mxrelay.smtp.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mxrelay.address.Destination;

/**
 * Why a message is still here: for each of its deliveries what it waits for, and until when.
 *
 * <p>Immutable.
 *
 * @param status what is known of the message
 * @param waiting one for each delivery that is not ended
 */
public record Explanation(SubmissionStatus status, List<Waiting> waiting) {

  public Explanation {
    waiting = List.copyOf(waiting);
  }

  /**
   * Asks a store. What only a running engine knows is told by {@code MxRelay.explain}.
   *
   * @return nothing if the store does not know the message
   * @throws QueueException if the store failed
   */
  public static Optional<Explanation> of(DeliveryQueue queue, SubmissionId id, Instant now) {
    return of(queue, id, now, destination -> Optional.empty());
  }

  /**
   * Asks a store, and somebody who knows what else stands in a destination's way.
   *
   * @param obstacle in words, such as "its lane is full"; nothing if nothing does
   * @return nothing if the store does not know the message
   * @throws QueueException if the store failed
   */
  public static Optional<Explanation> of(
      DeliveryQueue queue,
      SubmissionId id,
      Instant now,
      Function<? super Destination, Optional<String>> obstacle) {
    return queue
        .status(id)
        .map(
            status ->
                new Explanation(
                    status,
                    status.pending().stream()
                        .map(entry -> waiting(queue, entry, now, obstacle))
                        .toList()));
  }

  private static Waiting waiting(
      DeliveryQueue queue,
      QueueEntry entry,
      Instant now,
      Function<? super Destination, Optional<String>> obstacle) {
    Destination destination = entry.delivery().destination();
    return WhyWaiting.of(
        entry, now, queue.postponedUntil(destination, now), obstacle.apply(destination));
  }

  /** All of it in words, a line each. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    long ended = status.ended().size();
    if (waiting.isEmpty()) {
      lines.add("nothing waits: all " + ended + " recipients have their outcome");
    } else if (ended > 0) {
      lines.add(ended + " recipients have their outcome already");
    }
    waiting.forEach(w -> lines.addAll(w.lines()));
    return lines;
  }

  /**
   * What one delivery waits for.
   *
   * @param entry the delivery
   * @param reason why it is not under way
   * @param next when it may be attempted next, if time alone decides
   * @param why the reason in words
   */
  public record Waiting(QueueEntry entry, Reason reason, Optional<Instant> next, String why) {

    /** In words: the reason, then what was heard of each open recipient. */
    public List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add(entry.delivery().destination() + ": " + why);
      lines.addAll(WhyWaiting.facts(entry.delivery()));
      return lines;
    }
  }

  /** Why a delivery is not ended. */
  public enum Reason {
    /** It is being attempted at this moment. */
    ATTEMPTED,
    /** A person has to release or cancel it. */
    HELD,
    /** It is attempted alone, since it took three owners with it. */
    ALONE,
    /** Its next attempt is not due. */
    SCHEDULED,
    /** It is due, but nobody answers at its destination. */
    POSTPONED,
    /** It is due, but the engine has no room for it, or is paused. */
    NO_ROOM,
    /** It is due, and its turn comes. */
    ITS_TURN
  }
}
