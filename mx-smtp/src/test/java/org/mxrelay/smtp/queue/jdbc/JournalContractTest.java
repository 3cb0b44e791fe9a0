package org.mxrelay.smtp.queue.jdbc;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.testkit.QueueContract;

/** An SQLite queue that an engine has, with its journal open for fresh mail. */
final class JournalContractTest implements QueueContract<JdbcQueue> {

  @TempDir Path directory;

  @Override
  public JdbcQueue open(InstantSource clock) {
    JdbcQueue queue =
        JdbcQueue.sqliteBuilder(directory.resolve(UUID.randomUUID() + ".db")).clock(clock).open();
    queue.attach();
    queue.claim(new ClaimRequest(clock.instant(), java.time.Duration.ofMinutes(1), 1, 1, Set.of()));
    return queue;
  }
}
