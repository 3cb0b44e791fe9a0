package org.mxrelay.smtp.queue.jdbc;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.testkit.QueueContract;

final class SqliteContractTest implements QueueContract<JdbcQueue> {

  @TempDir Path directory;

  @Override
  public JdbcQueue open(InstantSource clock) {
    return JdbcQueue.sqliteBuilder(directory.resolve(UUID.randomUUID() + ".db"))
        .clock(clock)
        .open();
  }
}
