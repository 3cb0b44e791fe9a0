package org.mxrelay.smtp.queue.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A database file as another application, or a fault, sees it. */
final class RawSqlite {

  private RawSqlite() {}

  static int run(Path file, String... statements) throws SQLException {
    int changed = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        changed += statement.executeUpdate(sql);
      }
    }
    return changed;
  }

  static String text(Path file, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }

  static long number(Path file, String query) throws SQLException {
    return Long.parseLong(text(file, query));
  }
}
