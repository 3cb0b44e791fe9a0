package org.mxrelay.smtp.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.mxrelay.smtp.backup.Alarm.Kind;
import org.mxrelay.smtp.backup.StallRule.Sight;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done every now and then: probes that are due, alarms, forgetting.
 *
 * <p>Confined to one thread; the probes have threads of their own.
 */
final class Heartbeat {

  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration ALARMS = Duration.ofSeconds(10);
  private static final Duration NOTICES = Duration.ofMinutes(1);
  private static final Duration SWEEP = Duration.ofHours(1);

  private final Terms terms;
  private final Primaries primaries;
  private final Watch watch;
  private final Backlogs backlogs;
  private final Alarms alarms;
  private final BackupMemory memory;
  private final Executor executor;
  private final Quiet quiet;
  private final Optional<LateNotices> notices;
  private Instant nextAlarms;
  private Instant nextNotices;
  private Instant nextSweep;

  Heartbeat(Desk desk, Backlogs backlogs, Alarms alarms, BackupMemory memory, Background in) {
    this.terms = desk.terms();
    this.primaries = desk.primaries();
    this.watch = desk.watch();
    this.backlogs = backlogs;
    this.alarms = alarms;
    this.memory = memory;
    this.executor = in.executor();
    this.quiet = in.quiet();
    this.nextAlarms = desk.now();
    this.notices = in.notices();
    this.nextNotices = desk.now();
    this.nextSweep = desk.now().plus(SWEEP);
  }

  /**
   * What goes on behind it.
   *
   * @param quiet keeps the relay from trying in vain
   * @param notices tell senders whose mail is late, if they are to be told
   * @param executor has threads for probes
   */
  record Background(Quiet quiet, Optional<LateNotices> notices, Executor executor) {}

  void beat() {
    InstantSource clock = terms.clock();
    Instant now = clock.instant();
    primaries.all().stream().filter(p -> p.beginProbe(now)).forEach(this::probe);
    quiet.keep(now);
    if (!now.isBefore(nextAlarms)) {
      nextAlarms = now.plus(ALARMS);
      look(now);
    }
    if (!now.isBefore(nextNotices)) {
      nextNotices = now.plus(NOTICES);
      notices.ifPresent(n -> n.look(now, executor));
    }
    if (!now.isBefore(nextSweep)) {
      nextSweep = now.plus(SWEEP);
      memory.sweep(now);
    }
  }

  private void probe(Primary primary) {
    try {
      executor.execute(() -> look(primary));
    } catch (RejectedExecutionException e) {
      primary.probed(); // The backup closes.
    }
  }

  private void look(Primary primary) {
    try {
      watch.probe(primary);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      primary.probed();
    }
  }

  private void look(Instant now) {
    try {
      Backlog backlog = backlogs.all();
      held(backlog.held(), now);
      alarms.set(Kind.HOLD_HALF_OVER, HoldAlarm.why(backlog.oldest(), terms.maxHold(), now), now);
      alarms.set(
          Kind.STALLED,
          primaries.all().stream().flatMap(p -> stalled(p, now).stream()).findFirst(),
          now);
    } catch (RuntimeException e) {
      log.warn("nobody can look what waits", e);
    }
  }

  /** What is held stays an alarm, over a restart too, until a person has seen to it. */
  private void held(long messages, Instant now) {
    if (messages == 0) {
      alarms.clear(Kind.REFUSED_AFTER_ALL, now);
      alarms.clear(Kind.HOLD_OVER, now);
    } else if (!alarms.holds(Kind.REFUSED_AFTER_ALL) && !alarms.holds(Kind.HOLD_OVER)) {
      alarms.raise(Kind.REFUSED_AFTER_ALL, messages + " messages wait for a person", now);
    }
  }

  private Optional<String> stalled(Primary primary, Instant now) {
    PrimaryStatus status = primary.status();
    Optional<Instant> upSince =
        Optional.of(status.since()).filter(s -> status.state() == PrimaryState.UP);
    Sight sight = new Sight(upSince, backlogs.oldest(primary), primary.lastForwarded());
    return StallRule.why(sight, terms.stalledAfter(), now);
  }
}
