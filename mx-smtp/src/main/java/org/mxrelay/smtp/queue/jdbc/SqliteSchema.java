package org.mxrelay.smtp.queue.jdbc;

import java.util.List;

/**
 * The tables. Times are microseconds since 1970; ids, tokens, cursors and turns come from one
 * serial.
 *
 * <ul>
 *   <li>a message keeps its row as long as its outcomes are kept, its body as long as a delivery
 *       needs it: inline if it is small, else in chunks;
 *   <li>a destination says when its line wants its turn;
 *   <li>a delivery is in one of the states of {@link States};
 *   <li>an outcome is final.
 * </ul>
 */
final class SqliteSchema {

  /** What makes version 1 of nothing, version 2 of that, and so on. A version never changes. */
  static final List<List<String>> VERSIONS = List.of(first());

  private SqliteSchema() {}

  private static List<String> first() {
    return List.of(
        "CREATE TABLE mx_meta (name TEXT PRIMARY KEY, value BIGINT NOT NULL)",
        "INSERT INTO mx_meta (name, value) VALUES ('serial', 0)",
        "INSERT INTO mx_meta (name, value) VALUES ('engine', 0)",
        """
        CREATE TABLE mx_message (
          id INTEGER PRIMARY KEY,
          submission TEXT NOT NULL UNIQUE,
          reverse_path TEXT NOT NULL,
          options TEXT NOT NULL,
          size BIGINT NOT NULL,
          wire_size BIGINT NOT NULL,
          eight_bit SMALLINT NOT NULL,
          queued_at BIGINT NOT NULL,
          ended_at BIGINT,
          chunks BIGINT,
          body BLOB)
        """,
        "CREATE INDEX mx_message_ended ON mx_message (ended_at) WHERE ended_at IS NOT NULL",
        """
        CREATE TABLE mx_chunk (
          body BIGINT NOT NULL,
          part INTEGER NOT NULL,
          bytes BLOB NOT NULL,
          PRIMARY KEY (body, part))
        """,
        "CREATE TABLE mx_staging (body INTEGER PRIMARY KEY, touched BIGINT NOT NULL)",
        """
        CREATE TABLE mx_destination (
          id INTEGER PRIMARY KEY,
          name TEXT NOT NULL UNIQUE,
          next_due BIGINT,
          turn BIGINT NOT NULL,
          not_before BIGINT NOT NULL)
        """,
        "CREATE INDEX mx_destination_turn ON mx_destination (next_due, turn)",
        """
        CREATE TABLE mx_delivery (
          id INTEGER PRIMARY KEY,
          message BIGINT NOT NULL,
          destination BIGINT NOT NULL,
          state SMALLINT NOT NULL,
          due BIGINT NOT NULL,
          attempts INTEGER NOT NULL,
          claims INTEGER NOT NULL,
          token BIGINT NOT NULL,
          lease_until BIGINT,
          delay_noticed BIGINT,
          uncertain TEXT NOT NULL,
          why TEXT NOT NULL,
          hold_asked TEXT,
          cancel_asked TEXT,
          recipients TEXT NOT NULL)
        """,
        "CREATE INDEX mx_delivery_line ON mx_delivery (destination, state, due)",
        "CREATE INDEX mx_delivery_message ON mx_delivery (message)",
        "CREATE INDEX mx_delivery_lease ON mx_delivery (lease_until, claims) WHERE state = 1",
        "CREATE INDEX mx_delivery_suspect ON mx_delivery (due) WHERE state = 3",
        """
        CREATE TABLE mx_outcome (
          id INTEGER PRIMARY KEY,
          message BIGINT NOT NULL,
          recipient TEXT NOT NULL,
          outcome TEXT NOT NULL,
          attempts INTEGER NOT NULL,
          ended_at BIGINT NOT NULL,
          diagnostic TEXT NOT NULL)
        """,
        "CREATE INDEX mx_outcome_message ON mx_outcome (message)");
  }
}
