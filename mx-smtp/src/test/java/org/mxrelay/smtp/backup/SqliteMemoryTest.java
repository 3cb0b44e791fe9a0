package org.mxrelay.smtp.backup;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

final class SqliteMemoryTest implements JdbcMemoryContract {

  @TempDir Path folder;

  @Override
  public String newDatabase() {
    return "jdbc:sqlite:" + folder.resolve(UUID.randomUUID() + ".db");
  }
}
