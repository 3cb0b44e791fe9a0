package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.smtp.queue.Delivery;

/**
 * The place in the retry schedule after an attempt.
 *
 * <p>A delivery counts the attempts in which a session was begun, since an exchange that was never
 * talked to has refused nothing. An attempt that found no route therefore does not count; but with
 * the place standing still, a domain whose DNS is broken would be asked every few minutes for days.
 * So such an attempt takes its place from the message's age: as many delays as fit into it.
 */
final class Tries {

  /** Enough for any schedule to have reached its last delay. */
  private static final int MOST = 200;

  private Tries() {}

  /** The attempt that just ended, from 1. */
  static int place(Delivery delivery, boolean begun, RetrySchedule schedule, Now now) {
    int counted = delivery.attempts() + 1;
    return begun ? counted : Math.max(counted, byAge(delivery, schedule, now));
  }

  private static int byAge(Delivery delivery, RetrySchedule schedule, Now now) {
    Duration age = Duration.between(delivery.queuedAt(), now.at());
    int place = 1;
    Duration sum = schedule.after(place, now.random());
    while (sum.compareTo(age) <= 0 && place < MOST) {
      place++;
      sum = sum.plus(schedule.after(place, now.random()));
    }
    return place;
  }

  /** The time and a source of chance. */
  record Now(Instant at, RandomGenerator random) {}
}
