package org.mxrelay.smtp.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.backup.BackupMemory.Memo;
import org.mxrelay.smtp.backup.BackupMemory.Topic;
import org.mxrelay.smtp.testkit.DatabaseServer;

@Tag("ci")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresqlMemoryTest implements JdbcMemoryContract {

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

  @Test
  void serverThatWasRestarted_isAskedOverANewConnection() {
    Memo memo = new Memo("250 Ok", NOW, NOW.plusSeconds(60));
    try (BackupMemory memory = JdbcMemory.open(newDatabase())) {
      memory.put(Topic.RECIPIENT, "ann", memo);
      server.stop();
      server.start();

      assertEquals(Optional.of(memo), memory.find(Topic.RECIPIENT, "ann"));
    }
  }

  @Override
  public String newDatabase() {
    return server.newDatabase();
  }
}
