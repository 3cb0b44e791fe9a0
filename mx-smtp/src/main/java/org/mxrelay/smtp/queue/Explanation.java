package org.mxrelay.smtp.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private static final EngineView NOBODY =
      new EngineView() {
        @Override
        public Optional<String> obstacle(Destination destination) {
          return Optional.empty();
        }

        @Override
        public Optional<LaneState> lane(Destination destination) {
          return Optional.empty();
        }
      };

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
    return of(queue, id, now, NOBODY);
  }

  /**
   * Asks a store, and a running engine.
   *
   * @return nothing if the store does not know the message
   * @throws QueueException if the store failed
   */
  public static Optional<Explanation> of(
      DeliveryQueue queue, SubmissionId id, Instant now, EngineView engine) {
    return queue
        .status(id)
        .map(
            status ->
                new Explanation(
                    status,
                    status.pending().stream()
                        .map(entry -> waiting(queue, entry, now, engine))
                        .toList()));
  }

  private static Waiting waiting(
      DeliveryQueue queue, QueueEntry entry, Instant now, EngineView engine) {
    Destination destination = entry.delivery().destination();
    return WhyWaiting.of(
            entry, now, queue.postponedUntil(destination, now), engine.obstacle(destination))
        .along(engine.lane(destination));
  }

  /** What only a running engine knows. */
  public interface EngineView {

    /** What stands in a destination's way, in words, such as "the relay is paused". */
    Optional<String> obstacle(Destination destination);

    /** How fast it goes there; nothing if it never went, or not for long. */
    Optional<LaneState> lane(Destination destination);
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
   * @param lane how fast the engine goes there, if there is one and it knows
   */
  public record Waiting(
      QueueEntry entry,
      Reason reason,
      Optional<Instant> next,
      String why,
      Optional<LaneState> lane) {

    Waiting(QueueEntry entry, Reason reason, Optional<Instant> next, String why) {
      this(entry, reason, next, why, Optional.empty());
    }

    Waiting along(Optional<LaneState> known) {
      return new Waiting(entry, reason, next, why, known);
    }

    /**
     * In words: the reason, how fast the engine goes there, then what was heard of each open
     * recipient.
     */
    public List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add(entry.delivery().destination() + ": " + why);
      lane.ifPresent(known -> lines.add("  " + known.words()));
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
