package org.mxrelay.smtp.queue.jdbc;

import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.testkit.DatabaseServer;
import org.mxrelay.smtp.testkit.QueueContract;

@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresqlContractTest
    implements QueueContract<JdbcQueue>, OutboxContract, NodesContract {

  private DatabaseServer server;

  @BeforeAll
  void start(@TempDir Path folder) {
    server = DatabaseServer.postgresql(folder);
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  public JdbcQueue open(InstantSource clock) {
    return JdbcQueue.builder(newDatabase()).clock(clock).open();
  }

  @Override
  public String newDatabase() {
    return server.newDatabase();
  }
}
