package org.mxrelay.smtp.queue.jdbc;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.QueueException;

/**
 * Options of a {@link JdbcQueue}.
 *
 * <p>Confined to the thread that builds.
 */
public final class JdbcQueueBuilder {

  private static final Duration SHORTEST_FOR_JOURNAL = Duration.ofMinutes(1);

  private final Place place;
  private Optional<InstantSource> clock = Optional.empty();
  private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
  private Duration retention = InMemoryQueue.RETENTION;
  private boolean journal = true;
  private ThreadFactory threads = JdbcQueueBuilder::daemon;

  private JdbcQueueBuilder(Place place) {
    this.place = place;
  }

  private static Thread daemon(Runnable loop) {
    Thread thread = new Thread(loop, "mx-journal");
    thread.setDaemon(true);
    return thread;
  }

  static JdbcQueueBuilder file(Path relative) {
    Path file = relative.toAbsolutePath().normalize();
    if (file.toString().contains("?")) {
      throw new IllegalArgumentException("sqlite: a question mark in the path: " + relative);
    }
    return new JdbcQueueBuilder(
        serverTime -> {
          new SqliteFile(file).prepare();
          return new Sqlite(file);
        });
  }

  static JdbcQueueBuilder server(ConnectionSource source) {
    return new JdbcQueueBuilder(serverTime -> ServerDialect.open(source, serverTime));
  }

  static JdbcQueueBuilder of(Dialect dialect) {
    return new JdbcQueueBuilder(serverTime -> dialect);
  }

  /**
   * The store's clock, the machine's unless set: by which deliveries are due in {@code stats} and
   * {@code awaitWork}, and by which abandoned bytes are swept.
   *
   * <p>Leases in a database server go by the server's own clock, so that nodes whose clocks differ
   * agree on them; with a clock set here they go by the times that callers give, and whoever shares
   * the store has to have the same clock. That is for tests.
   */
  public JdbcQueueBuilder clock(InstantSource newClock) {
    this.clock = Optional.of(newClock);
    return this;
  }

  /**
   * How long the final outcomes of a message are kept after its last one; seven days unless set.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public JdbcQueueBuilder retention(Duration newRetention) {
    if (newRetention.isNegative()) {
      throw new IllegalArgumentException("retention: " + newRetention);
    }
    this.retention = newRetention;
    return this;
  }

  /**
   * Where chance comes from; must be safe for use by several threads. It decides when a waiting
   * node looks for what the others did: every 200 to 300 ms, so that nodes do not ask in step.
   */
  public JdbcQueueBuilder random(RandomGenerator newRandom) {
    this.random = Objects.requireNonNull(newRandom, "random");
    return this;
  }

  /**
   * Has all mail written into the tables before it is delivered. Otherwise, where one engine has an
   * SQLite file, fresh mail goes into a journal beside it, and into the tables when it has ended or
   * has to wait: that is about twice as fast, and people see it there up to two seconds later.
   */
  public JdbcQueueBuilder noJournal() {
    this.journal = false;
    return this;
  }

  /** Makes the one thread that a journal needs; a daemon unless set. */
  public JdbcQueueBuilder threads(ThreadFactory newThreads) {
    this.threads = Objects.requireNonNull(newThreads, "threads");
    return this;
  }

  RandomGenerator random() {
    return random;
  }

  /** Whoever forgets outcomes at once would take for new mail what the journal still has. */
  boolean mayHaveJournal() {
    return journal && retention.compareTo(SHORTEST_FOR_JOURNAL) >= 0;
  }

  ThreadFactory threads() {
    return threads;
  }

  InstantSource clock() {
    return clock.orElseGet(InstantSource::system);
  }

  Duration retention() {
    return retention;
  }

  /**
   * Opens the queue, and makes it if it is not there.
   *
   * @throws QueueException if it cannot be opened, is not a queue, or is a newer version's
   */
  public JdbcQueue open() {
    Dialect dialect = place.dialect(clock.isEmpty());
    try {
      Writer writer = new Writer(dialect, new Statements(dialect.connect()));
      return new JdbcQueue(dialect, writer, this).recovered();
    } catch (SQLException e) {
      throw new QueueException(dialect.store() + ": " + e.getMessage(), e);
    }
  }

  /** Where the store is. */
  @FunctionalInterface
  private interface Place {

    /** The store, with its tables in it. */
    Dialect dialect(boolean serverTime);
  }
}
