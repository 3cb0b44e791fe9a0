package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.util.List;
import org.mxrelay.smtp.RateLimit;

/**
 * How much at once, how fast, and how long.
 *
 * @param concurrency deliveries worked on at a time
 * @param perLane of one lane
 * @param unproven of a lane that has not answered yet
 * @param attempt no session begins when an attempt is that old
 * @param rates of lanes, the first that matches
 */
public record Limits(
    int concurrency, int perLane, int unproven, Duration attempt, List<RateLimit> rates) {

  public Limits {
    rates = List.copyOf(rates);
  }

  /**
   * Claims are made for that many deliveries more than can be worked on, to make them in batches.
   */
  int prefetch() {
    return Math.min(64, concurrency / 2);
  }
}
