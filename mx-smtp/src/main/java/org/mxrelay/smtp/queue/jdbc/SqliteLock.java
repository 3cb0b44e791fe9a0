package org.mxrelay.smtp.queue.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock of the operating system on a file beside the database, which the system takes back when
 * the process ends.
 *
 * <p>SQLite takes it for us: POSIX drops a process's locks when the process closes <em>any</em>
 * descriptor of the file, and only SQLite keeps track of that across all who open it here.
 */
final class SqliteLock implements EngineLock {

  private static final int BUSY = 5;

  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Connection> holding = Optional.empty();

  SqliteLock(Path file) {
    this.file = file;
  }

  @Override
  public boolean tryTake() throws SQLException {
    lock.lock();
    try {
      if (holding.isPresent()) {
        return true;
      }
      SqliteFile.createIfAbsent(file);
      Connection connection = Sqlite.open(file, "EXCLUSIVE", Duration.ZERO);
      try {
        connection.setAutoCommit(false);
        holding = Optional.of(connection);
        return true;
      } catch (SQLException e) {
        connection.close();
        if (e.getErrorCode() == BUSY) {
          return false;
        }
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (holding.isPresent()) {
        holding.get().close();
      }
    } catch (SQLException e) {
      // Nothing was written in it; the descriptor is closed with the process at the latest.
    } finally {
      holding = Optional.empty();
      lock.unlock();
    }
  }
}
