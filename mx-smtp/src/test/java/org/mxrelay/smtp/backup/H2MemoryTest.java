package org.mxrelay.smtp.backup;

import java.util.UUID;

final class H2MemoryTest implements JdbcMemoryContract {

  @Override
  public String newDatabase() {
    return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
  }
}
