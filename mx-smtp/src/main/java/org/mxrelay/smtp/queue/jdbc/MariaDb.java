package org.mxrelay.smtp.queue.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** MariaDB, 10.5 or later, with InnoDB. */
final class MariaDb implements Product {

  private static final String SCHEMA_LOCK = "CONCAT('mxrelay.', DATABASE())";

  @Override
  public String name() {
    return "MariaDB";
  }

  @Override
  public String definition(String template) {
    return template
        .replace("{text}", "LONGTEXT")
        .replace("{bytes}", "LONGBLOB")
        // Names are compared byte by byte, blanks at their end included.
        .replace("{table}", " ENGINE=InnoDB CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin");
  }

  @Override
  public void lockSchema(Connection connection) throws SQLException {
    String got =
        Product.ask(
                connection, "SELECT GET_LOCK(" + SCHEMA_LOCK + ", " + PATIENCE.toSeconds() + ")")
            .orElse("0");
    if (!got.equals("1")) {
      throw new SQLException("another process has been making the tables for a long time");
    }
  }

  @Override
  public void unlockSchema(Connection connection) throws SQLException {
    Product.run(connection, "SELECT RELEASE_LOCK(" + SCHEMA_LOCK + ")");
  }

  @Override
  public void greet(Connection connection) throws SQLException {
    Product.run(
        connection,
        "SET SESSION innodb_lock_wait_timeout = %d, idle_transaction_timeout = %d"
            .formatted(PATIENCE.toSeconds(), IDLE.toSeconds()));
  }

  @Override
  public void leave(Connection connection) throws SQLException {
    Product.run(
        connection,
        "SET SESSION innodb_lock_wait_timeout = DEFAULT, idle_transaction_timeout = DEFAULT");
  }

  @Override
  public void lock(Connection connection) throws SQLException {
    Product.run(connection, "SELECT value FROM mx_meta WHERE name = 'serial' FOR UPDATE");
  }

  @Override
  public String clock() {
    return "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(6))";
  }

  @Override
  public int insertIfAbsent(Statements statements, String insert, @Nullable Object... values)
      throws SQLException {
    return statements.update(insert.replaceFirst("INSERT", "INSERT IGNORE"), values);
  }

  @Override
  public List<String> weaknesses(Connection connection) throws SQLException {
    List<String> weak = new ArrayList<>();
    String flush =
        Product.ask(connection, "SELECT @@GLOBAL.innodb_flush_log_at_trx_commit").orElse("");
    // 3 syncs at the commit as 1 does, and at the prepare of a group besides.
    if (!flush.equals("1") && !flush.equals("3")) {
      weak.add("innodb_flush_log_at_trx_commit is " + flush + " instead of 1");
    }
    if (Product.ask(connection, "SELECT @@GLOBAL.innodb_doublewrite").orElse("").equals("0")) {
      weak.add("innodb_doublewrite is off");
    }
    return weak;
  }
}
