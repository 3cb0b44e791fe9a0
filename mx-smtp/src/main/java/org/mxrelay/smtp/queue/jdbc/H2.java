package org.mxrelay.smtp.queue.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** H2, 2.2 or later: for tests, since it does not sync what it commits. */
final class H2 implements Product {

  private static final String DUPLICATE = "23505";

  @Override
  public String name() {
    return "H2";
  }

  @Override
  public String definition(String template) {
    return template
        .replace("{text}", "CHARACTER LARGE OBJECT")
        .replace("{bytes}", "BINARY LARGE OBJECT")
        .replace("{table}", "");
  }

  @Override
  public void lockSchema(Connection connection) throws SQLException {
    greet(connection);
  }

  /** Its definitions end transactions, and with them every lock. */
  @Override
  public boolean keepsOthersFromDefining() {
    return false;
  }

  @Override
  public void greet(Connection connection) throws SQLException {
    Product.run(connection, "SET LOCK_TIMEOUT " + PATIENCE.toMillis());
    Product.run(connection, "SET NON_KEYWORDS VALUE");
  }

  @Override
  public void lock(Connection connection) throws SQLException {
    Product.run(connection, "SELECT value FROM mx_meta WHERE name = 'serial' FOR UPDATE");
  }

  @Override
  public String clock() {
    return "SELECT CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(6)) * 1000000 AS BIGINT)";
  }

  @Override
  public int insertIfAbsent(Statements statements, String insert, @Nullable Object... values)
      throws SQLException {
    try {
      return statements.update(insert, values);
    } catch (SQLException e) {
      // Only the statement is undone; its transaction goes on.
      if (DUPLICATE.equals(e.getSQLState())) {
        return 0;
      }
      throw e;
    }
  }

  @Override
  public List<String> weaknesses(Connection connection) {
    return List.of("H2 does not sync its commits: it is for tests");
  }
}
