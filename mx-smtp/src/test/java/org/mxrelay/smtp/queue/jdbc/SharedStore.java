package org.mxrelay.smtp.queue.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Where tests of a store that several nodes share get their databases from. */
interface SharedStore {

  /** The JDBC URL of a new and empty database. */
  String newDatabase();

  /** As an application, or a fault, sees it. */
  static Connection connect(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    if (url.startsWith("jdbc:h2:")) {
      run(connection, "SET NON_KEYWORDS VALUE");
    }
    return connection;
  }

  static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }
}
