package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mxrelay.smtp.RateLimit;
import org.mxrelay.smtp.queue.LaneState;

/**
 * Says how fast a lane goes, for people: by the wall clock.
 *
 * <p>Confined to the lock of {@link Lanes}.
 *
 * @param wall the time
 * @param nanos the same by the monotonic clock
 */
record LaneView(Instant wall, long nanos) {

  LaneState of(Lane lane, Optional<RateLimit> limit) {
    long wait = lane.wait(limit, nanos);
    SlowDown slow = lane.slowDown;
    return new LaneState(
        lane.names,
        lane.running,
        lane.window.size(),
        slow.isNone()
            ? Optional.empty()
            : Optional.of(
                new LaneState.SlowDown(Duration.ofNanos(slow.interval()), at(slow.told()))),
        wait > 0 ? Optional.of(at(nanos + wait)) : Optional.empty());
  }

  private Instant at(long then) {
    return wall.plusNanos(then - nanos);
  }
}
