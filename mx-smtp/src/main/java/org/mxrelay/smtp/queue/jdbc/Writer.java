package org.mxrelay.smtp.queue.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.commit.GroupCommit;

/**
 * The only one who writes. Callers that come together share one transaction and one sync.
 *
 * <p>Safe for use by several threads.
 */
final class Writer implements AutoCloseable {

  /** More in one transaction would only make everybody wait longer. */
  private static final int MOST = 256;

  /** How long a leader waits for those who shared the last transaction, to share a sync again. */
  private static final Duration LINGER = Duration.ofNanos(300_000);

  private final Dialect dialect;
  private final GroupCommit<Ticket<?>> group = new GroupCommit<>(MOST, LINGER, this::run);

  /** With {@link #broken}, the leader's. */
  private Statements statements;

  private boolean broken;

  Writer(Dialect dialect, Statements statements) {
    this.dialect = dialect;
    this.statements = statements;
  }

  /**
   * Runs work in a transaction that may be shared, and may run it twice. When it returns, the
   * transaction is durable.
   *
   * @throws QueueException if it failed; nothing of this work was stored
   * @throws UncertainCommit if nobody knows
   */
  <T> T write(Work<T> work) {
    Ticket<T> ticket = new Ticket<>(work);
    if (!group.join(ticket)) {
      throw new IllegalStateException("the queue is closed: " + dialect.store());
    }
    return ticket.result(dialect.store());
  }

  /** How many wait for the one who is writing. */
  int waiting() {
    return group.waiting();
  }

  private void run(List<Ticket<?>> batch) {
    Phase phase = Phase.BEGIN;
    try {
      begin();
      phase = Phase.WORK;
      WriteTransaction transaction = new WriteTransaction(dialect, statements);
      for (Ticket<?> ticket : batch) {
        ticket.run(transaction);
      }
      transaction.flush();
      phase = Phase.COMMIT;
      dialect.commit(statements.connection());
    } catch (Throwable failure) {
      statements.forget();
      dialect.rollback(statements.connection());
      broken = broken || !dialect.isUsable(statements.connection());
      failed(batch, phase, failure);
    }
  }

  /** A connection that was lost between two transactions is nobody's concern. */
  private void begin() throws SQLException {
    if (broken) {
      reconnect();
    }
    try {
      dialect.begin(statements.connection());
    } catch (SQLException e) {
      dialect.rollback(statements.connection());
      if (dialect.isUsable(statements.connection())) {
        throw e;
      }
      reconnect();
      dialect.begin(statements.connection());
    }
  }

  private void reconnect() throws SQLException {
    broken = true;
    Statements old = statements;
    statements = new Statements(dialect.connect());
    broken = false;
    try {
      old.close();
    } catch (SQLException e) {
      // It was broken; the new one is what counts.
    }
  }

  private void failed(List<Ticket<?>> batch, Phase phase, Throwable failure) {
    boolean uncertain =
        phase == Phase.COMMIT
            && !(failure instanceof SQLException known && !dialect.isUncertain(known));
    if (batch.size() == 1 || phase == Phase.BEGIN || broken || uncertain) {
      batch.forEach(ticket -> ticket.fail(failure, uncertain));
    } else {
      // One of them is at fault: a bad value, or more bytes than there is room for.
      batch.forEach(ticket -> run(List.of(ticket)));
    }
  }

  @Override
  public void close() {
    group.close();
    try {
      if (!broken) {
        dialect.leave(statements.connection());
      }
      statements.close();
    } catch (SQLException e) {
      throw new QueueException(dialect.store() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Something to write. Must not have any effect but on the transaction, since it may run twice.
   */
  @FunctionalInterface
  interface Work<T> {
    T in(WriteTransaction transaction) throws SQLException;
  }

  private enum Phase {
    BEGIN,
    WORK,
    COMMIT
  }

  /** A caller who waits. Written by the leader, then read by its owner. */
  private static final class Ticket<T> {
    final Work<T> work;
    private @Nullable T value;
    private @Nullable Throwable failure;
    private boolean uncertain;

    Ticket(Work<T> work) {
      this.work = work;
    }

    void run(WriteTransaction transaction) throws SQLException {
      value = work.in(transaction);
    }

    void fail(Throwable why, boolean isUncertain) {
      failure = why;
      uncertain = isUncertain;
    }

    @SuppressWarnings("NullAway") // either it failed or it has a value
    T result(String store) {
      Throwable why = failure;
      if (why == null) {
        return value;
      }
      if (uncertain) {
        throw new UncertainCommit(store + ": " + why.getMessage(), why);
      }
      if (why instanceof RuntimeException own) {
        throw own;
      }
      throw new QueueException(store + ": " + why.getMessage(), why);
    }
  }
}
