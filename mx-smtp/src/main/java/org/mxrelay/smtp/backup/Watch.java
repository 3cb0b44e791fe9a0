package org.mxrelay.smtp.backup;

import java.time.Instant;
import java.time.InstantSource;
import org.mxrelay.smtp.backup.Alarm.Kind;
import org.mxrelay.smtp.backup.Line.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns from every session how it is with a primary, and has its backlog flow when it is back.
 *
 * <p>Safe for use by several threads.
 */
final class Watch {

  private static final Logger log = LoggerFactory.getLogger(Watch.class);

  private final Dialer dialer;
  private final Release release;
  private final Alarms alarms;
  private final Tidings tidings;
  private final InstantSource clock;
  private final XclientAdvice advice = new XclientAdvice();

  Watch(Dialer dialer, Release release, Alarms alarms, Tidings tidings, InstantSource clock) {
    this.dialer = dialer;
    this.release = release;
    this.alarms = alarms;
    this.tidings = tidings;
    this.clock = clock;
  }

  /** Looks whether it is there. */
  void probe(Primary primary) throws InterruptedException {
    try (Line line = dialer.dial(primary.domain())) {
      reached(primary, line.identity());
    } catch (Unreached e) {
      unreached(primary, e);
    }
  }

  /** It had a session with us. */
  void reached(Primary primary, Identity identity) {
    Instant now = clock.instant();
    advice.on(primary, identity).ifPresent(log::warn);
    alarms.clear(Kind.NOT_A_BACKUP, now);
    if (primary.answered("it answered EHLO", now)) {
      back(primary, now);
    }
  }

  /** It took a message from us. */
  void relayed(Primary primary) {
    Instant now = clock.instant();
    primary.relayed(now);
    if (primary.answered("it took a message", now)) {
      back(primary, now);
    }
  }

  void unreached(Primary primary, Unreached e) {
    Instant now = clock.instant();
    if (e.isLoop()) {
      alarms.raise(Kind.NOT_A_BACKUP, e.why(), now);
    }
    if (primary.failed(e.why(), now)) {
      release.quieten(primary);
      changed(primary, now);
    }
  }

  /** A session broke that had begun. */
  void broken(Primary primary) {
    primary.suspect(clock.instant());
  }

  /** It says itself that it is there. */
  void announced(Primary primary) {
    primary.suspect(clock.instant());
  }

  /** Whoever hears that it is back may count on that nothing keeps its mail any more. */
  private void back(Primary primary, Instant now) {
    release.backlog(primary);
    changed(primary, now);
  }

  private void changed(Primary primary, Instant now) {
    PrimaryStatus status = primary.status();
    log.info("primary {} is {}: {}", status.name(), status.state().word(), status.why());
    tidings.tell(l -> l.primaryChanged(new BackupEvent.PrimaryChanged(status, now)));
  }
}
