package org.mxrelay.smtp.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How fast a running engine goes to a destination's exchanges at a moment, as {@code
 * MxRelay.explain} tells it. Each engine knows its own alone.
 *
 * <p>Immutable.
 *
 * @param exchanges those of the lane; the destination's name until they are known
 * @param sessions that are held now
 * @param window how many sessions at a time it is good for, by what it answered
 * @param slowDown how much slower it goes, if it was told that it is too fast
 * @param next when the next delivery may begin, if a rate or a slow-down keeps it waiting
 */
public record LaneState(
    List<String> exchanges,
    int sessions,
    int window,
    Optional<SlowDown> slowDown,
    Optional<Instant> next) {

  public LaneState {
    exchanges = List.copyOf(exchanges);
  }

  /**
   * An exchange said that it is too fast.
   *
   * @param interval from one delivery to the next
   * @param told when it last said so
   */
  public record SlowDown(Duration interval, Instant told) {}

  /** In words, one line. */
  public String words() {
    StringBuilder words = new StringBuilder("to " + String.join(", ", exchanges) + ": ");
    words.append(sessions).append(" of ").append(window);
    words.append(window == 1 ? " session at a time" : " sessions at a time");
    slowDown.ifPresent(
        slow ->
            words
                .append("; slowed down to one in ")
                .append(slow.interval().toMillis())
                .append(" ms, last told at ")
                .append(slow.told())
                .append(" to go slower"));
    next.ifPresent(at -> words.append("; the next may begin at ").append(at));
    return words.toString();
  }
}
