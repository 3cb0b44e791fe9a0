package org.mxrelay.smtp.queue.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.queue.QueueException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database server that several nodes share. One of them writes at a time: the lock is taken when
 * a transaction begins and ends with it, so that what holds for one writer holds for all nodes.
 */
final class ServerDialect implements Dialect {

  /** A connection that says nothing for so long is lost. */
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private static final Duration STILL_THERE = Duration.ofSeconds(5);

  /** Classes of errors after which a server has undone the transaction, and says so. */
  private static final Set<String> UNDONE =
      Set.of("0A", "21", "22", "23", "25", "40", "42", "44", "53", "54", "55");

  private static final Logger log = LoggerFactory.getLogger(JdbcQueue.class);

  private final ConnectionSource source;
  private final Product product;
  private final String store;
  private final boolean serverTime;
  private final OthersWork others = new OthersWork();

  /**
   * @param serverTime whether leases go by the server's clock, else by what callers say
   */
  private ServerDialect(
      ConnectionSource source, Product product, String store, boolean serverTime) {
    this.source = source;
    this.product = product;
    this.store = store;
    this.serverTime = serverTime;
  }

  /**
   * Makes the tables if they are not there.
   *
   * @throws QueueException if that is impossible
   */
  static ServerDialect open(ConnectionSource source, boolean serverTime) {
    try (Connection connection = source.open()) {
      Product product = Products.of(connection);
      String store = Products.store(connection);
      ServerSchema.of(product).prepare(connection, store);
      List<String> weaknesses = product.weaknesses(connection);
      if (!weaknesses.isEmpty()) {
        log.warn(
            "{}: a power cut can take mail that was accepted: {}",
            store,
            String.join("; ", weaknesses));
      }
      return new ServerDialect(source, product, store, serverTime);
    } catch (SQLException e) {
      throw new QueueException("the queue's database: " + e.getMessage(), e);
    }
  }

  @Override
  public String store() {
    return store;
  }

  @Override
  public Connection connect() throws SQLException {
    return open(Connection.TRANSACTION_READ_COMMITTED);
  }

  @Override
  public Connection connectForReading() throws SQLException {
    Connection connection = open(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(true);
    return connection;
  }

  private Connection open(int isolation) throws SQLException {
    Connection connection = source.open();
    try {
      connection.setAutoCommit(true);
      connection.setTransactionIsolation(isolation);
      connection.setNetworkTimeout(Runnable::run, (int) SILENCE.toMillis());
      product.greet(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public boolean isUsable(Connection connection) {
    try {
      return connection.isValid((int) STILL_THERE.toSeconds());
    } catch (SQLException e) {
      return false;
    }
  }

  /** A connection that was lost meanwhile has nothing to undo. */
  @Override
  public void leave(Connection connection) throws SQLException {
    try {
      product.leave(connection);
    } catch (SQLException e) {
      if (isUsable(connection)) {
        throw e;
      }
    }
  }

  @Override
  public void begin(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    product.lock(connection);
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    connection.commit();
  }

  @Override
  public void rollback(Connection connection) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // The failure that led here is the one to tell of.
    }
  }

  @Override
  public boolean isUncertain(SQLException failedCommit) {
    String state = failedCommit.getSQLState();
    return state == null || state.length() < 2 || !UNDONE.contains(state.substring(0, 2));
  }

  @Override
  public int insertIfAbsent(Statements statements, String insert, @Nullable Object... values)
      throws SQLException {
    return product.insertIfAbsent(statements, insert, values);
  }

  @Override
  public long foreignChanges(Statements statements) throws SQLException {
    others.found(WriteTransaction.serial(statements));
    return others.count();
  }

  @Override
  public Optional<OthersWork> others() {
    return Optional.of(others);
  }

  @Override
  public Instant leaseTime(Statements statements, Instant callers) throws SQLException {
    return serverTime
        ? statements.first(product.clock(), row -> Micros.instant(row.getLong(1))).orElseThrow()
        : callers;
  }

  @Override
  public Optional<EngineLock> lock() {
    return Optional.empty();
  }

  @Override
  public Optional<Product> server() {
    return Optional.of(product);
  }
}
