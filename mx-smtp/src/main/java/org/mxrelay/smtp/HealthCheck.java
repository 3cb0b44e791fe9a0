package org.mxrelay.smtp;

import java.util.Optional;
import org.mxrelay.smtp.RelayHealth.State;
import org.mxrelay.smtp.engine.Pulse;
import org.mxrelay.smtp.queue.QueueStats;
import org.mxrelay.smtp.queue.RecentStats;

/** Asks a store how it is, and believes what the engine felt of it last. */
final class HealthCheck {

  private HealthCheck() {}

  /**
   * @param standing what the relay is if its store is well
   */
  static RelayHealth of(RecentStats store, Pulse pulse, State standing) {
    if (standing == State.CLOSED) {
      return new RelayHealth(standing, pulse.lastClaim(), Optional.empty(), "it is closed");
    }
    QueueStats stats;
    try {
      stats = store.get();
    } catch (RuntimeException e) {
      return failing(pulse, Optional.empty(), String.valueOf(e.getMessage()));
    }
    return pulse
        .failure()
        .map(f -> failing(pulse, Optional.of(stats), f.why() + " (since " + f.at() + ")"))
        .orElseGet(
            () ->
                new RelayHealth(
                    standing,
                    pulse.lastClaim(),
                    stats.oldestDue(),
                    standing == State.PAUSED ? "somebody had it paused" : ""));
  }

  private static RelayHealth failing(Pulse pulse, Optional<QueueStats> stats, String why) {
    return new RelayHealth(
        State.STORE_FAILS, pulse.lastClaim(), stats.flatMap(QueueStats::oldestDue), why);
  }
}
