package org.mxrelay.smtp.queue.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.mxrelay.smtp.queue.QueueException;

/**
 * A few connections for reading beside the writer, opened when they are first needed. Safe for use
 * by several threads.
 */
final class Readers implements AutoCloseable {

  private static final int MOST = 4;

  private final Dialect dialect;
  private final Semaphore permits = new Semaphore(MOST, true);
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Statements> idle = new ArrayDeque<>();
  private boolean closed;

  Readers(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * Reads one statement's worth.
   *
   * @throws QueueException if the store failed
   */
  <T> T read(Query<T> query) {
    permits.acquireUninterruptibly();
    try {
      return readOrReadAgain(query);
    } catch (SQLException e) {
      throw new QueueException(dialect.store() + ": " + e.getMessage(), e);
    } finally {
      permits.release();
    }
  }

  private <T> T readOrReadAgain(Query<T> query) throws SQLException {
    Statements statements = take();
    try {
      T result = query.run(statements);
      giveBack(statements);
      return result;
    } catch (SQLException e) {
      boolean broken = !dialect.isUsable(statements.connection());
      drop(statements);
      if (!broken) {
        throw e;
      }
    } catch (RuntimeException e) {
      drop(statements);
      throw e;
    }
    // The connection was lost, and so are those that idled with it.
    dropIdle();
    Statements fresh = take();
    T result = query.run(fresh);
    giveBack(fresh);
    return result;
  }

  /** Reads several statements' worth of one state of the store. */
  <T> T snapshot(Query<T> query) {
    return read(
        statements -> {
          Connection connection = statements.connection();
          connection.setAutoCommit(false);
          try {
            return query.run(statements);
          } finally {
            dialect.rollback(connection);
          }
        });
  }

  private Statements take() throws SQLException {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the queue is closed: " + dialect.store());
      }
      Statements statements = idle.poll();
      return statements == null ? new Statements(dialect.connectForReading()) : statements;
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(Statements statements) throws SQLException {
    lock.lock();
    try {
      if (!closed) {
        idle.push(statements);
        return;
      }
    } finally {
      lock.unlock();
    }
    leave(statements);
  }

  private void leave(Statements statements) throws SQLException {
    dialect.leave(statements.connection());
    statements.close();
  }

  private static void drop(Statements statements) {
    try {
      statements.close();
    } catch (SQLException e) {
      // What failed before is what counts.
    }
  }

  private void dropIdle() {
    lock.lock();
    try {
      idle.forEach(Readers::drop);
      idle.clear();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      while (!idle.isEmpty()) {
        leave(idle.pop());
      }
    } catch (SQLException e) {
      throw new QueueException(dialect.store() + ": " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  /** Something to read. */
  @FunctionalInterface
  interface Query<T> {
    T run(Statements statements) throws SQLException;
  }
}
