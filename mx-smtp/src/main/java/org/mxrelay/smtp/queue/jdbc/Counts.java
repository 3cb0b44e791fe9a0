package org.mxrelay.smtp.queue.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.mxrelay.smtp.queue.QueueStats;

/**
 * How many deliveries there are in each state. One walk along an index, which has them by
 * destination and state: counting each state by itself would be a walk for each.
 *
 * @param each a destination's deliveries in one state
 */
record Counts(List<Line> each) {

  private static final String WALK =
      "SELECT c.state, c.n, c.n_due, c.first_due, l.not_before FROM"
          + " (SELECT d.destination, d.state, count(*) AS n,"
          + " sum(CASE WHEN d.due <= ? THEN 1 ELSE 0 END) AS n_due, min(d.due) AS first_due"
          + " FROM mx_delivery d GROUP BY d.destination, d.state) c"
          + " LEFT JOIN mx_destination l ON l.id = c.destination";

  /**
   * @param count how many
   * @param due how many of them have a due time that is over
   * @param first the earliest due time
   * @param postponed whether the destination is
   */
  record Line(int state, long count, long due, long first, boolean postponed) {

    boolean waits() {
      return state == States.QUEUED || state == States.SUSPECT;
    }

    boolean isDue() {
      return waits() && !postponed && due > 0;
    }
  }

  static Counts of(Statements sql, long now) throws SQLException {
    return new Counts(sql.all(WALK, row -> line(row, now), now));
  }

  private static Line line(ResultSet row, long now) throws SQLException {
    return new Line(
        row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5) > now);
  }

  QueueStats stats() {
    long due = each.stream().filter(Line::isDue).mapToLong(Line::due).sum();
    long waiting = each.stream().filter(Line::waits).mapToLong(Line::count).sum();
    return new QueueStats(
        due,
        waiting - due,
        in(States.LEASED),
        in(States.HELD),
        due == 0
            ? Optional.empty()
            : Optional.of(
                Micros.instant(
                    each.stream().filter(Line::isDue).mapToLong(Line::first).min().orElseThrow())));
  }

  private long in(int state) {
    return each.stream().filter(l -> l.state() == state).mapToLong(Line::count).sum();
  }
}
