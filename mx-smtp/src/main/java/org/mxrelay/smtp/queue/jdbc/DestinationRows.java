package org.mxrelay.smtp.queue.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The destinations that a transaction touches, each read and written once. */
final class DestinationRows {

  private static final String COLUMNS =
      "SELECT id, name, next_due, turn, not_before FROM mx_destination ";

  private final WriteTransaction transaction;
  private final Map<Long, DestinationRow> rows = new HashMap<>();
  private final Map<String, DestinationRow> byName = new HashMap<>();

  DestinationRows(WriteTransaction transaction) {
    this.transaction = transaction;
  }

  DestinationRow of(String name) throws SQLException {
    Optional<DestinationRow> known = Optional.ofNullable(byName.get(name));
    Optional<DestinationRow> found = known.isPresent() ? known : find(name);
    return found.isPresent() ? found.get() : create(name);
  }

  private Optional<DestinationRow> find(String name) throws SQLException {
    return transaction.sql().first(COLUMNS + "WHERE name = ?", this::read, name);
  }

  DestinationRow of(long id) throws SQLException {
    DestinationRow known = rows.get(id);
    return known != null
        ? known
        : transaction
            .sql()
            .first(COLUMNS + "WHERE id = ?", this::read, id)
            .orElseThrow(() -> new SQLException("no destination " + id));
  }

  /** Those whose turn has come, who waits longest first. */
  List<DestinationRow> due(long now, int most) throws SQLException {
    flush();
    return transaction
        .sql()
        .all(
            COLUMNS + "WHERE next_due <= ? ORDER BY next_due, turn LIMIT ?", this::read, now, most);
  }

  /** When the earliest of those that wait in line is due. */
  long earliestDue(DestinationRow row) throws SQLException {
    return transaction
        .sql()
        .first(
            "SELECT due FROM mx_delivery WHERE destination = ? AND state = 0 ORDER BY due LIMIT 1",
            r -> r.getLong(1),
            row.id)
        .orElse(DestinationRow.NEVER);
  }

  /** Which are postponed beyond then. */
  Set<Long> postponed(long now) throws SQLException {
    return Set.copyOf(
        transaction
            .sql()
            .all("SELECT id FROM mx_destination WHERE not_before > ?", r -> r.getLong(1), now));
  }

  /** Drops lines that nobody waits in. No row that was read before may be used after. */
  void forgetIdle(long now) throws SQLException {
    flush();
    rows.clear();
    byName.clear();
    transaction
        .sql()
        .update(
            "DELETE FROM mx_destination WHERE next_due IS NULL AND not_before <= ? AND NOT EXISTS"
                + " (SELECT 1 FROM mx_delivery d WHERE d.destination = mx_destination.id)",
            now);
  }

  private DestinationRow create(String name) throws SQLException {
    long id = transaction.next();
    transaction
        .sql()
        .update(
            "INSERT INTO mx_destination (id, name, next_due, turn, not_before)"
                + " VALUES (?, ?, NULL, ?, 0)",
            id,
            name,
            id);
    return remember(new DestinationRow(id, name, DestinationRow.NEVER, id, 0));
  }

  private DestinationRow read(ResultSet row) throws SQLException {
    DestinationRow known = rows.get(row.getLong(1));
    if (known != null) {
      return known;
    }
    long nextDue = row.getLong(3);
    boolean nothingWaits = row.wasNull();
    return remember(
        new DestinationRow(
            row.getLong(1),
            row.getString(2),
            nothingWaits ? DestinationRow.NEVER : nextDue,
            row.getLong(4),
            row.getLong(5)));
  }

  private DestinationRow remember(DestinationRow row) {
    rows.put(row.id, row);
    byName.put(row.name, row);
    return row;
  }

  void flush() throws SQLException {
    for (DestinationRow row : rows.values()) {
      if (row.isChanged()) {
        transaction
            .sql()
            .update(
                "UPDATE mx_destination SET next_due = ?, turn = ?, not_before = ? WHERE id = ?",
                row.nextDue() == DestinationRow.NEVER ? null : (Long) row.nextDue(),
                row.turn(),
                row.notBefore(),
                row.id);
        row.written();
      }
    }
  }
}
