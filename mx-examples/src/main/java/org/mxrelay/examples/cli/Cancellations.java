package org.mxrelay.examples.cli;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.Outcome.End;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.RecordedOutcome;

/**
 * Hears of recipients that somebody cancelled, mostly from another process: listeners are told only
 * what their own engine settles, the stored outcomes tell of all.
 *
 * <p>Safe for use by several threads.
 */
final class Cancellations implements AutoCloseable {

  private static final int PAGE = 1000;
  private static final long LOOK_EVERY_MS = 500;
  private static final long LAST_LOOK_SECONDS = 5;

  private final MxRelay relay;
  private final Consumer<Outcome> told;
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "mx-cancellations");
            thread.setDaemon(true);
            return thread;
          });
  private long seen;

  /**
   * From now on.
   *
   * @param told is called with each
   */
  Cancellations(MxRelay relay, Consumer<Outcome> told) {
    this.relay = relay;
    this.told = told;
    this.seen = newest(relay);
  }

  /** Begins to look. */
  void follow() {
    ScheduledFuture<?> unused =
        looker.scheduleWithFixedDelay(
            this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /** The newest cursor, halving: what ended in the days before need not be read for it. */
  private static long newest(MxRelay relay) {
    long below = 0;
    long above = Long.MAX_VALUE;
    while (below < above) {
      long middle = below + (above - below) / 2;
      List<RecordedOutcome> later = relay.outcomes(middle, 1);
      if (later.isEmpty()) {
        above = middle;
      } else {
        below = later.get(0).cursor();
      }
    }
    return below;
  }

  private void look() {
    try {
      List<RecordedOutcome> page;
      do {
        page = relay.outcomes(seen, PAGE);
        for (RecordedOutcome each : page) {
          if (each.outcome().outcome() == End.CANCELLED) {
            told.accept(each.outcome());
          }
          seen = each.cursor();
        }
      } while (page.size() == PAGE);
    } catch (QueueException e) {
      // The engine says of a store in trouble what there is to say; the next look catches up.
    }
  }

  /** Looks once more, for what was cancelled last. */
  @Override
  public void close() {
    looker.execute(this::look);
    looker.shutdown();
    try {
      if (!looker.awaitTermination(LAST_LOOK_SECONDS, TimeUnit.SECONDS)) {
        looker.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
