package org.mxrelay.smtp.queue.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, 12 or later. */
final class PostgreSql implements Product {

  /** "mxrq": the upper half of our advisory locks; the lower half is a table's number. */
  private static final String OURS = "(1836610161::bigint << 32)";

  private static final String SYNC =
      "SELECT set_config('synchronous_commit', 'on', true)"
          + " WHERE current_setting('synchronous_commit') = 'off'";

  /**
   * All settings end with the transaction, so that a pool gets its connection back as it gave it.
   * An advisory lock instead of a row's: a transaction that only looked writes and syncs nothing.
   */
  private static final String LOCK =
      ("SET LOCAL lock_timeout = %d; SET LOCAL idle_in_transaction_session_timeout = %d; "
              + SYNC
              + "; SELECT pg_advisory_xact_lock("
              + OURS
              + " | 'mx_meta'::regclass::oid::bigint)")
          .formatted(PATIENCE.toMillis(), IDLE.toMillis());

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public String definition(String template) {
    return template.replace("{text}", "TEXT").replace("{bytes}", "BYTEA").replace("{table}", "");
  }

  @Override
  public void lockSchema(Connection connection) throws SQLException {
    Product.run(connection, "SELECT pg_advisory_xact_lock(" + OURS + ")");
  }

  @Override
  public void lock(Connection connection) throws SQLException {
    Product.run(connection, LOCK);
  }

  @Override
  public void makeDurable(Connection connection) throws SQLException {
    Product.run(connection, SYNC);
  }

  @Override
  public String clock() {
    // Not now(), which stands still from the moment when the transaction began to wait.
    return "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
  }

  @Override
  public int insertIfAbsent(Statements statements, String insert, @Nullable Object... values)
      throws SQLException {
    return statements.update(insert + " ON CONFLICT DO NOTHING", values);
  }

  @Override
  public List<String> weaknesses(Connection connection) throws SQLException {
    List<String> weak = new ArrayList<>();
    for (String setting : List.of("fsync", "full_page_writes")) {
      if (Product.ask(connection, "SHOW " + setting).orElse("").equals("off")) {
        weak.add(setting + " is off");
      }
    }
    return weak;
  }
}
