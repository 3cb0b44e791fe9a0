package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.mxrelay.reply.Judgement;
import org.mxrelay.reply.Verdict;
import org.mxrelay.retry.Decision;
import org.mxrelay.retry.RetryCase;
import org.mxrelay.retry.RetryHint;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.smtp.HoldRule;
import org.mxrelay.smtp.engine.Heard.Pace;
import org.mxrelay.smtp.queue.Delivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the retry policy about each recipient, and the hold rule about those that would fail.
 *
 * <p>Pure but for the random numbers it draws. The delay is drawn once, so that the recipients of a
 * delivery stay together.
 */
record Decider(RetryPolicy policies, HoldRule holds, Duration patience, RandomGenerator random) {

  private static final Logger log = LoggerFactory.getLogger(Decider.class);
  private static final Duration FALLBACK = Duration.ofMinutes(15);

  List<Decided> decide(Delivery delivery, Hearing hearing, Instant now) {
    int place = 1;
    Duration delay = FALLBACK;
    try {
      RetrySchedule schedule = policies.toward(delivery.destination()).schedule();
      Tries.Now drawn = new Tries.Now(now, random);
      place = Tries.place(delivery, hearing.begun() > 0, schedule, drawn);
      delay = schedule.after(place, random);
    } catch (RuntimeException e) {
      log.error("delivery {}: the retry schedule failed; trying in {}", delivery.id(), delay, e);
    }
    return decide(delivery, hearing, new Draw(place, delay, now));
  }

  private record Draw(int place, Duration delay, Instant now) {}

  private List<Decided> decide(Delivery delivery, Hearing hearing, Draw draw) {
    return delivery.open().stream()
        .map(
            open -> {
              Optional<Heard> heard = Optional.ofNullable(hearing.heard().get(open.recipient()));
              Decision decision =
                  heard
                      .map(h -> unlessHeld(delivery, h, decide(delivery, h, draw)))
                      // Broken off before its turn came: as if this attempt had not been.
                      .orElseGet(() -> new Decision.Reschedule(draw.now()));
              return new Decided(open, heard, decision);
            })
        .toList();
  }

  private Decision decide(Delivery delivery, Heard heard, Draw draw) {
    Duration least = least(heard, draw.delay());
    RetryCase about =
        new RetryCase(
            heard.judgement(), draw.place(), delivery.queuedAt(), draw.now(), draw.delay(), least);
    try {
      return policies.toward(delivery.destination()).decide(about);
    } catch (RuntimeException e) {
      log.error("delivery {}: the retry policy failed on {}", delivery.id(), about, e);
      return fallback(about);
    }
  }

  private Decision unlessHeld(Delivery delivery, Heard heard, Decision decision) {
    if (!(decision instanceof Decision.Bounce || decision instanceof Decision.Expire)) {
      return decision;
    }
    try {
      return holds
          .holds(delivery, heard.diagnostic())
          .<Decision>map(Decision.Hold::new)
          .orElse(decision);
    } catch (RuntimeException e) {
      log.error("delivery {}: the hold rule failed", delivery.id(), e);
      return new Decision.Hold("the hold rule failed: " + e.getClass().getSimpleName());
    }
  }

  /** What happened may call for more patience than the schedule has; so may the server's words. */
  private Duration least(Heard heard, Duration delay) {
    if (heard.judgement().verdict() == Verdict.RELAYED) {
      return Duration.ZERO;
    }
    Duration asked = RetryHint.patience(heard.diagnostic().reply(), delay);
    return heard.pace() == Pace.PATIENCE && patience.compareTo(asked) > 0 ? patience : asked;
  }

  /** What was relayed must never be sent again because a policy of the caller's threw. */
  private static Decision fallback(RetryCase about) {
    Judgement judgement = about.judgement();
    return switch (judgement.verdict()) {
      case RELAYED -> new Decision.Complete();
      case PERMANENT -> new Decision.Bounce();
      case TRANSIENT -> new Decision.Reschedule(about.now().plus(FALLBACK));
    };
  }
}
