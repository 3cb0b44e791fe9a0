package org.mxrelay.examples.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxrelay.smtp.backup.Alarm;
import org.mxrelay.smtp.backup.Backlog;
import org.mxrelay.smtp.backup.BackupStatus;
import org.mxrelay.smtp.backup.PrimaryState;
import org.mxrelay.smtp.backup.PrimaryStatus;

/** How a backup may be. */
final class Sights {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Sights() {}

  static BackupStatus up() {
    return status(PrimaryState.UP, "it took a message", new Backlog(0, 0, Optional.empty()));
  }

  static BackupStatus down() {
    return status(
        PrimaryState.DOWN,
        "mx1.example.org: cannot connect: Connection refused",
        new Backlog(1_234, 2, Optional.of(NOW.minus(Duration.ofMinutes(95)))));
  }

  /** Up, with an alarm whose words would be a script if the page let them. */
  static BackupStatus stalled() {
    Alarm stalled =
        new Alarm(
            Alarm.Kind.STALLED,
            NOW.minusSeconds(900),
            "nothing was forwarded for 900 s: </script><script>document.title='owned'</script>");
    Alarm refused =
        new Alarm(
            Alarm.Kind.REFUSED_AFTER_ALL,
            NOW.minusSeconds(60),
            "ann@example.org: 550 5.7.1 <b>no</b>");
    return status(
        PrimaryState.UP,
        "it answered EHLO",
        new Backlog(17, 1, Optional.of(NOW.minus(Duration.ofHours(30)))),
        stalled,
        refused);
  }

  private static BackupStatus status(
      PrimaryState state, String why, Backlog backlog, Alarm... alarms) {
    Instant since = NOW.minus(Duration.ofMinutes(100));
    PrimaryStatus primary =
        new PrimaryStatus(
            "mx1.example.org", state, since, why, Optional.of(NOW.minusSeconds(7_000)));
    return new BackupStatus(List.of(primary), backlog, 3.25, List.of(alarms), NOW);
  }
}
