package org.mxrelay.smtp.queue.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mxrelay.smtp.queue.QueueException;

/** Finds out what is at the other end of a connection. */
final class Products {

  /** Who may connect, and all that follows the database's name, are nobody's business. */
  private static final Pattern SECRETS = Pattern.compile("(?<=//)[^/@]*@|[?;].*");

  private Products() {}

  /**
   * @throws QueueException if there is no store for it
   */
  static Product of(Connection connection) throws SQLException {
    String name = connection.getMetaData().getDatabaseProductName();
    return switch (name) {
      case "PostgreSQL" -> new PostgreSql();
      case "MariaDB" -> new MariaDb();
      case "H2" -> new H2();
      case "SQLite" ->
          throw new QueueException("an SQLite queue is opened by its file: JdbcQueue.sqlite(path)");
      default ->
          throw new QueueException(
              "no queue in " + name + ": known are SQLite, PostgreSQL, MariaDB and H2");
    };
  }

  /** A name for people of the database, without anybody's password. */
  static String store(Connection connection) throws SQLException {
    return Optional.ofNullable(connection.getMetaData().getURL())
        .map(Products::withoutSecrets)
        .orElseGet(() -> "a database");
  }

  static String withoutSecrets(String url) {
    return SECRETS.matcher(url).replaceAll("");
  }
}
