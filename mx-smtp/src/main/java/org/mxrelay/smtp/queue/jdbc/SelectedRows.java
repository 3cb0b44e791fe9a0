package org.mxrelay.smtp.queue.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.queue.Selection;

/**
 * A selection as SQL, and what SQL cannot say about it.
 *
 * @param where of deliveries d
 * @param value what stands for its question mark; empty if it has none
 * @param which the selection itself, for what is read
 */
record SelectedRows(String where, Optional<String> value, Selection which) {

  static SelectedRows of(Selection which) {
    if (which instanceof Selection.OfSubmission one) {
      return new SelectedRows(
          "d.message = (SELECT id FROM mx_message WHERE submission = ?)",
          Optional.of(one.id().value()),
          which);
    }
    if (which instanceof Selection.To to) {
      return to(to.destination(), which);
    }
    if (which instanceof Selection.For one) {
      return to(one.recipient().destination(), which);
    }
    return new SelectedRows("0 = 0", Optional.empty(), which);
  }

  private static SelectedRows to(Destination destination, Selection which) {
    // The sum keeps an index from being used that would sort a whole backlog for each page.
    return new SelectedRows(
        "d.destination + 0 = (SELECT id FROM mx_destination WHERE name = ?)",
        Optional.of(destination.toString()),
        which);
  }

  List<DeliveryRow> page(Statements sql, long afterId, int most) throws SQLException {
    return sql.some(
        DeliveryRow.SELECT + "WHERE d.id > ? AND " + where + " ORDER BY d.id",
        row -> Optional.of(DeliveryRow.read(row)).filter(this::means),
        most,
        values(afterId));
  }

  List<Long> ids(Statements sql) throws SQLException {
    if (which instanceof Selection.For) {
      return page(sql, 0, Integer.MAX_VALUE).stream().map(DeliveryRow::id).toList();
    }
    return sql.all(
        "SELECT d.id FROM mx_delivery d WHERE d.id > ? AND " + where + " ORDER BY d.id",
        SelectedRows::id,
        values(0));
  }

  /** One that cannot be read is meant by whatever names its row. */
  boolean means(DeliveryRow row) {
    boolean readable = row.broken().isEmpty();
    return readable ? which.matches(row.delivery()) : !(which instanceof Selection.For);
  }

  private static Long id(ResultSet row) throws SQLException {
    return row.getLong(1);
  }

  private Object[] values(long afterId) {
    List<Object> values = new ArrayList<>(List.of(afterId));
    value.ifPresent(values::add);
    return values.toArray();
  }
}
