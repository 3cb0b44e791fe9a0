package org.mxrelay.smtp.queue.jdbc;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.mxrelay.smtp.queue.Selection;

/**
 * What people do with a store: some hundred deliveries a transaction, so that a million of them do
 * not stop the engine. Safe for use by several threads.
 */
final class Administering {

  private static final int STEP = 500;

  private final Writer writer;
  private final Looking looking;
  private final Arrivals arrivals;

  Administering(Writer writer, Looking looking, Arrivals arrivals) {
    this.writer = writer;
    this.looking = looking;
    this.arrivals = arrivals;
  }

  int hold(Selection which, String why) {
    return act(which, acting -> row -> acting.hold(row, why));
  }

  int release(Selection which, Instant now) {
    return act(which, acting -> row -> acting.release(row, now));
  }

  int flush(Selection which, Instant now) {
    Set<Long> postponed =
        writer.write(transaction -> transaction.destinations().postponed(Micros.of(now)));
    return act(which, acting -> row -> acting.flush(row, postponed, now));
  }

  int cancel(Selection which, Instant now) {
    return act(which, acting -> row -> acting.cancel(row, which, now));
  }

  private int act(Selection which, Way way) {
    List<Long> ids = looking.ids(which);
    int changed = 0;
    for (int from = 0; from < ids.size(); from += STEP) {
      List<Long> step = ids.subList(from, Math.min(from + STEP, ids.size()));
      changed +=
          writer.write(
              transaction -> {
                Acting acting = new Acting(transaction);
                return acting.toEach(step, which, way.of(acting));
              });
      arrivals.changed();
    }
    return changed;
  }

  /** How an action is done in a transaction. */
  @FunctionalInterface
  private interface Way {
    Acting.Action of(Acting acting);
  }
}
