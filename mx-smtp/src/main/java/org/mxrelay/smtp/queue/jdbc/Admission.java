package org.mxrelay.smtp.queue.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.queue.Submission;

/**
 * Whether the tables have a say in what becomes of messages: they know one already, or one of their
 * destinations is postponed, or has mail there that is due, which nobody may overtake.
 *
 * <p>Safe for use by several threads.
 */
final class Admission {

  /** Destinations of which the tables are known to have nothing to say. */
  private static final int MOST = 10_000;

  private final Readers readers;
  private volatile Set<Destination> free = ConcurrentHashMap.newKeySet();

  Admission(Readers readers) {
    this.readers = readers;
  }

  /** The tables have something new of a destination. */
  void forget(Destination destination) {
    free.remove(destination);
  }

  /** Destinations may have been postponed, or have got mail. */
  void forget() {
    // Not cleared: who looked before would put into it what is no longer so.
    free = ConcurrentHashMap.newKeySet();
  }

  boolean isFree(List<Submission> submissions, Instant now) {
    Set<Destination> known = free;
    return readers.read(
        sql -> {
          for (Submission submission : submissions) {
            if (isKnown(sql, submission) || isBehind(sql, submission, Micros.of(now), known)) {
              return false;
            }
          }
          return true;
        });
  }

  private static boolean isKnown(Statements sql, Submission submission) throws SQLException {
    Optional<Integer> row =
        sql.first(
            "SELECT 1 FROM mx_message WHERE submission = ?",
            r -> r.getInt(1),
            submission.id().value());
    return row.isPresent();
  }

  private static boolean isBehind(
      Statements sql, Submission submission, long now, Set<Destination> known) throws SQLException {
    for (var recipient : submission.envelope().recipients()) {
      Destination destination = recipient.mailbox().destination();
      if (!known.contains(destination)) {
        Optional<Integer> row =
            sql.first(
                "SELECT 1 FROM mx_destination WHERE name = ? AND (not_before > ? OR next_due <= ?)",
                r -> r.getInt(1),
                destination.toString(),
                now,
                now);
        if (row.isPresent()) {
          return true;
        }
        remember(destination, known);
      }
    }
    return false;
  }

  private static void remember(Destination destination, Set<Destination> known) {
    if (known.size() >= MOST) {
      known.clear();
    }
    known.add(destination);
  }
}
