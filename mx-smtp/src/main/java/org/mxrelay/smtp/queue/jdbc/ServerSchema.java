package org.mxrelay.smtp.queue.jdbc;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.mxrelay.smtp.queue.QueueException;

/**
 * The tables of a store that several nodes share, as versions that follow each other. They mean
 * what {@link SqliteSchema} says; an outbox is beside them.
 *
 * @param product whose words they are written in
 * @param versions what makes version 1 of nothing, version 2 of that, and so on; each statement may
 *     run again after a failure
 */
record ServerSchema(Product product, List<List<String>> versions) {

  private static final int MOST_RACES = 50;

  static ServerSchema of(Product product) {
    return new ServerSchema(product, List.of(ServerTables.FIRST));
  }

  /**
   * Makes the tables, or brings them up to date.
   *
   * @param store its name for people
   * @throws QueueException if they are of a later version
   */
  void prepare(Connection connection, String store) throws SQLException {
    for (int left = MOST_RACES; ; left--) {
      try {
        prepareOnce(connection, store);
        return;
      } catch (SQLException e) {
        // Another node may be making the same tables, where no lock keeps it from that.
        if (left == 0 || product.keepsOthersFromDefining()) {
          throw e;
        }
      }
    }
  }

  private void prepareOnce(Connection connection, String store) throws SQLException {
    connection.setAutoCommit(false);
    try {
      product.lockSchema(connection);
      raise(connection, store);
      connection.commit();
      product.unlockSchema(connection);
      leave(connection);
    } catch (SQLException | RuntimeException e) {
      try {
        leave(connection);
      } catch (SQLException also) {
        // Where the connection was lost, what happened to it first is what counts.
        e.addSuppressed(also);
      }
      throw e;
    }
  }

  private static void leave(Connection connection) throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }

  private void raise(Connection connection, String store) throws SQLException {
    int there = version(connection);
    if (there > versions.size()) {
      throw new QueueException(
          store
              + " has schema version "
              + there
              + ", but this library knows only up to "
              + versions.size()
              + ": a newer one wrote it");
    }
    for (int version = there + 1; version <= versions.size(); version++) {
      raise(connection, version);
    }
  }

  private void raise(Connection connection, int version) throws SQLException {
    for (String statement : versions.get(version - 1)) {
      Product.run(connection, product.definition(statement));
    }
    // Last: where definitions end transactions, a half made version is made again.
    put(connection, "version", version);
  }

  private static void put(Connection connection, String name, int version) throws SQLException {
    Product.run(connection, "DELETE FROM mx_meta WHERE name = '" + name + "'");
    Product.run(
        connection, "INSERT INTO mx_meta (name, value) VALUES ('" + name + "', " + version + ")");
  }

  private static int version(Connection connection) throws SQLException {
    if (!isThere(connection, "mx_meta")) {
      return 0;
    }
    return Product.ask(connection, "SELECT value FROM mx_meta WHERE name = 'version'")
        .map(Integer::parseInt)
        .orElse(0);
  }

  private static boolean isThere(Connection connection, String table) throws SQLException {
    DatabaseMetaData meta = connection.getMetaData();
    String name = meta.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
    try (ResultSet rows =
        meta.getTables(connection.getCatalog(), connection.getSchema(), name, null)) {
      return rows.next();
    }
  }
}
