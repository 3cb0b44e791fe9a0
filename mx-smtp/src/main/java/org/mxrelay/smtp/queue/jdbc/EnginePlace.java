package org.mxrelay.smtp.queue.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.QueueInUse;

/**
 * The place of the one engine that delivers from a store: who has it, and what becomes of what the
 * one before had.
 *
 * @param lock held as long as the place is
 * @param store the store's name for people
 */
record EnginePlace(EngineLock lock, Writer writer, String store) implements AutoCloseable {

  /** How long an engine waits for somebody who brings a dead one's mail into the tables. */
  private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(5);

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

  /**
   * Takes the place, and frees the leases of the engine before.
   *
   * @return what is held now, because it was lost alone
   * @throws QueueInUse if another engine has it
   */
  List<QueueEntry> take(InstantSource clock) {
    try {
      long other = writer.write(EnginePlace::process);
      if (!isTaken(other)) {
        throw new QueueInUse(store, other);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
    try {
      return writer.write(transaction -> takeOver(transaction, clock.instant()));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Whoever looks in after a crash has the engine's place while it recovers the journal. */
  private boolean isTaken(long other) throws SQLException {
    long deadline = System.nanoTime() + LONGEST_RECOVERY.toNanos();
    boolean taken = lock.tryTake();
    while (!taken && !isAlive(other) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      taken = lock.tryTake();
    }
    return taken;
  }

  private static boolean isAlive(long process) {
    return ProcessHandle.of(process).isPresent();
  }

  private static long process(WriteTransaction transaction) throws SQLException {
    return transaction
        .sql()
        .first("SELECT value FROM mx_meta WHERE name = 'engine'", row -> row.getLong(1))
        .orElse(0L);
  }

  /** The engine before is gone: nobody knows what became of what it had. */
  private static List<QueueEntry> takeOver(WriteTransaction transaction, Instant now)
      throws SQLException {
    Statements sql = transaction.sql();
    sql.update("UPDATE mx_meta SET value = ? WHERE name = 'engine'", ProcessHandle.current().pid());
    List<DeliveryRow> leased = sql.all(DeliveryRow.SELECT + "WHERE d.state = 1", DeliveryRow::read);
    List<QueueEntry> held = new ArrayList<>();
    for (DeliveryRow row : leased) {
      new DeliveryRows(transaction).lost(row, now).ifPresent(held::add);
    }
    Retention.dropAbandoned(transaction, now);
    return held;
  }

  /** Does something in the place, unless somebody has it. */
  void ifFree(Runnable action) {
    try {
      if (lock.tryTake()) {
        try {
          action.run();
        } finally {
          close();
        }
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private QueueException failed(SQLException e) {
    return new QueueException(store + ": " + e.getMessage(), e);
  }

  /** Leaves the place. */
  @Override
  public void close() {
    lock.close();
  }
}
