package org.mxrelay.smtp.queue.jdbc;

import java.time.InstantSource;
import java.util.UUID;
import org.mxrelay.smtp.testkit.QueueContract;

final class H2ContractTest implements QueueContract<JdbcQueue>, OutboxContract, NodesContract {

  @Override
  public JdbcQueue open(InstantSource clock) {
    return JdbcQueue.builder(newDatabase()).clock(clock).open();
  }

  /** In memory; it goes some time after its last connection. */
  @Override
  public String newDatabase() {
    return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=60";
  }
}
