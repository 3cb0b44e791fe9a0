package org.mxrelay.smtp.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How it is with a backup at one moment.
 *
 * <p>Immutable.
 *
 * @param primaries each of them; one where the owner named the primary or there is one domain
 * @param backlog what waits
 * @param forwardedPerMinute recipients for whom the primaries took a message from the queue,
 *     averaged over the last five minutes
 * @param alarms that hold now
 * @param at the moment
 */
public record BackupStatus(
    List<PrimaryStatus> primaries,
    Backlog backlog,
    double forwardedPerMinute,
    List<Alarm> alarms,
    Instant at) {

  public BackupStatus {
    primaries = List.copyOf(primaries);
    alarms = List.copyOf(alarms);
  }

  /** The state of the worst of them: down if one is down. */
  public PrimaryState state() {
    return worst().state();
  }

  /** When the worst of them came into its state. */
  public Instant since() {
    return worst().since();
  }

  /** When a primary last took a message from us. */
  public Optional<Instant> lastRelayed() {
    return primaries.stream().flatMap(p -> p.lastRelayed().stream()).max(Instant::compareTo);
  }

  /** Whether the backup does its task: no alarm holds that is its own affair. */
  public boolean isHealthy() {
    return alarms.stream().noneMatch(a -> a.kind().isOurs());
  }

  private PrimaryStatus worst() {
    return primaries.stream()
        .filter(p -> p.state() == PrimaryState.DOWN)
        .findFirst()
        .or(() -> primaries.stream().filter(p -> p.state() == PrimaryState.UNKNOWN).findFirst())
        .orElseGet(() -> primaries.get(0));
  }
}
