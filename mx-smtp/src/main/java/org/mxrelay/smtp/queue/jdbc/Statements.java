package org.mxrelay.smtp.queue.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connection with its statements, each prepared once. Confined to one thread at a time. */
final class Statements implements AutoCloseable {

  private static final int AT_ONCE = 200;

  private final Connection connection;
  private final boolean lent;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private long changed;

  Statements(Connection connection) {
    this(connection, false);
  }

  private Statements(Connection connection, boolean lent) {
    this.connection = connection;
    this.lent = lent;
  }

  /** On a connection that somebody else closes. */
  static Statements lent(Connection connection) {
    return new Statements(connection, true);
  }

  Connection connection() {
    return connection;
  }

  int update(String sql, @Nullable Object... values) throws SQLException {
    int rows = bind(sql, values).executeUpdate();
    changed += rows;
    return rows;
  }

  /** How many rows were ever changed. */
  long changed() {
    return changed;
  }

  <T> List<T> all(String sql, Reading<T> reading, @Nullable Object... values) throws SQLException {
    try (ResultSet rows = bind(sql, values).executeQuery()) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(reading.read(rows));
      }
      return all;
    }
  }

  <T> Optional<T> first(String sql, Reading<T> reading, @Nullable Object... values)
      throws SQLException {
    try (ResultSet rows = bind(sql, values).executeQuery()) {
      return rows.next() ? Optional.of(reading.read(rows)) : Optional.empty();
    }
  }

  /** Rows that the reading wants, until there are enough; the rest is not even fetched. */
  <T> List<T> some(String sql, Reading<Optional<T>> reading, int most, @Nullable Object... values)
      throws SQLException {
    PreparedStatement statement = bind(sql, values);
    // Some drivers would fetch a whole backlog otherwise, at least within a transaction.
    statement.setFetchSize(AT_ONCE);
    try (ResultSet rows = statement.executeQuery()) {
      List<T> some = new ArrayList<>();
      while (some.size() < most && rows.next()) {
        reading.read(rows).ifPresent(some::add);
      }
      return some;
    }
  }

  /** After a failure: a driver may have made an end of a statement that failed. */
  void forget() {
    for (PreparedStatement statement : prepared.values()) {
      try {
        statement.close();
      } catch (SQLException e) {
        // It goes with the connection.
      }
    }
    prepared.clear();
  }

  private PreparedStatement bind(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    if (lent) {
      forget();
    } else {
      connection.close();
    }
  }

  /** Reads the row that a result stands on. */
  @FunctionalInterface
  interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }
}
