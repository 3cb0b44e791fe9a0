package org.mxrelay.examples.outage;

import java.time.Duration;
import org.mxrelay.examples.outage.Outages.Span;
import org.mxrelay.smtp.backup.PrimaryState;
import org.mxrelay.smtp.backup.ProbeSchedule;

/**
 * When a gateway passes on what it holds: it looks for the primary as the library says, and the
 * first time that this answers lets go of the oldest, then of the others at a steady rate.
 *
 * <p>Confined to one thread.
 */
final class Release {

  /** Messages that it passes on in a second. */
  private static final int PER_SECOND = 10;

  private final Outages outages;
  private int outage = -1;
  private long seen;
  private int held;

  Release(Outages outages) {
    this.outages = outages;
  }

  /** When the next message is passed on that is taken in an outage. */
  long next(int during) {
    held = during == outage ? held + 1 : 0;
    if (during != outage) {
      outage = during;
      seen = seenAgain(outages.spans().get(during));
    }
    return seen + held * 1_000L / PER_SECOND;
  }

  private static long seenAgain(Span span) {
    long look = span.from();
    while (look < span.to()) {
      Duration away = Duration.ofMillis(look - span.from());
      look += ProbeSchedule.after(PrimaryState.DOWN, away).toMillis();
    }
    return look;
  }
}
