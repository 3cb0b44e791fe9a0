package org.mxrelay.smtp.queue.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.OutboxQueue;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.QueueStats;
import org.mxrelay.smtp.queue.RecordedOutcome;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.SubmissionStatus;
import org.mxrelay.smtp.queue.SubmissionUncertain;

/**
 * A durable queue in a relational database. Whatever returns has been synced to the disk; callers
 * that come together share one transaction and one sync.
 *
 * <p>Safe for use by several threads. After {@link #close} every method throws an {@link
 * IllegalStateException}.
 */
public final class JdbcQueue implements OutboxQueue, QueueAdmin {

  private static final String SQLITE = "jdbc:sqlite:";

  private final Dialect dialect;
  private final Writer writer;
  private final Readers readers;
  private final Bodies bodies;
  private final Looking looking;
  private final Intake intake;
  private final Working working;
  private final Administering administering;
  private final InstantSource clock;

  JdbcQueue(Dialect dialect, Writer writer, JdbcQueueBuilder options) {
    this.dialect = dialect;
    this.clock = options.clock();
    this.writer = writer;
    this.readers = new Readers(dialect);
    AtHand atHand = new AtHand();
    this.bodies = new Bodies(writer, readers, atHand, clock);
    this.looking = new Looking(readers);
    this.intake = new Intake(dialect, writer, readers, atHand, options);
    this.working = intake.tables();
    this.administering = new Administering(writer, looking, working.arrivals());
  }

  /** What a process left that died gets into the tables. The queue is closed if it does not. */
  JdbcQueue recovered() {
    try {
      intake.recoverAbandoned();
      return this;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * A queue in an SQLite file, which is created if it does not exist, with the directories above
   * it, readable by its owner alone. One engine at a time may deliver from it; other processes may
   * add and look. The file must be on a local disk.
   *
   * @throws org.mxrelay.smtp.queue.QueueException if the file cannot be opened, is not a queue, or
   *     was written by a newer version of this library
   */
  public static JdbcQueue sqlite(Path file) {
    return sqliteBuilder(file).open();
  }

  /** The same with options. */
  public static JdbcQueueBuilder sqliteBuilder(Path file) {
    return JdbcQueueBuilder.file(file);
  }

  /**
   * A queue in a PostgreSQL, MariaDB or H2 database, which several nodes may share. Its tables,
   * whose names begin with {@code mx_}, are made if they are not there. Takes up to five
   * connections and keeps them until it is closed: one to write, the others to read. H2 does not
   * sync its commits and is for tests.
   *
   * @throws QueueException if it cannot be opened, is not a queue, or was written by a newer
   *     version of this library
   */
  public static JdbcQueue on(DataSource database) {
    return builder(database).open();
  }

  /** The same with options. */
  public static JdbcQueueBuilder builder(DataSource database) {
    return JdbcQueueBuilder.server(database::getConnection);
  }

  /**
   * A queue where a JDBC URL says, {@code jdbc:sqlite:} and a path included. The driver has to be
   * there.
   *
   * @throws IllegalArgumentException if there is no driver for the URL
   * @throws QueueException if it cannot be opened, is not a queue, or was written by a newer
   *     version of this library
   */
  public static JdbcQueue open(String url) {
    return builder(url).open();
  }

  /** The same with options. */
  public static JdbcQueueBuilder builder(String url) {
    if (url.startsWith(SQLITE)) {
      return sqliteBuilder(Path.of(url.substring(SQLITE.length())));
    }
    try {
      DriverManager.getDriver(url);
    } catch (SQLException e) {
      throw new IllegalArgumentException(
          "no JDBC driver for " + Products.withoutSecrets(url) + " is on the path", e);
    }
    return JdbcQueueBuilder.server(() -> DriverManager.getConnection(url));
  }

  @Override
  public void add(List<Submission> submissions) {
    if (submissions.isEmpty()) {
      return;
    }
    List<Submission> all = List.copyOf(submissions);
    List<Body> read = bodies.read(all);
    try {
      intake.add(all, read);
    } catch (UncertainCommit e) {
      throw new SubmissionUncertain(all.get(0).id(), e);
    } catch (RuntimeException e) {
      bodies.drop(read);
      throw e;
    }
  }

  @Override
  public void add(Connection connection, Submission submission) {
    Product product =
        dialect
            .server()
            .orElseThrow(
                () ->
                    new UnsupportedOperationException(
                        dialect.store()
                            + " is an SQLite queue, which takes no mail in a transaction of the"
                            + " caller's; PostgreSQL, MariaDB and H2 do"));
    try {
      if (connection.getAutoCommit()) {
        throw new IllegalStateException(
            "connection: commits each statement by itself; call setAutoCommit(false) first");
      }
      new Outbox(product, connection, bodies::newId).put(submission);
    } catch (SQLException e) {
      throw new QueueException(dialect.store() + ": " + e.getMessage(), e);
    }
  }

  /** What callers have committed meanwhile is there for whoever looks. */
  private void letArrive() {
    if (dialect.server().isPresent()) {
      while (readers.read(Arriving::isAny)) {
        writer.write(transaction -> new Arriving(transaction).arrive());
      }
    }
  }

  @Override
  public void attach() {
    intake.attach();
  }

  @Override
  public List<Lease> claim(ClaimRequest request) {
    return intake.claim(request);
  }

  @Override
  public List<QueueEntry> ownHolds() {
    return working.takeOwnHolds();
  }

  @Override
  public Set<Lease> renew(List<Lease> leases, Instant now, Duration leaseFor) {
    return intake.renew(leases, now, leaseFor);
  }

  @Override
  public List<Settlement.Result> settle(List<Settlement> settlements) {
    List<Settlement> all = List.copyOf(settlements);
    List<Submission> spawned = all.stream().flatMap(s -> s.spawned().stream()).toList();
    List<Body> read = bodies.read(spawned);
    Map<SubmissionId, Body> bySubmission = new HashMap<>();
    for (int i = 0; i < read.size(); i++) {
      bySubmission.put(spawned.get(i).id(), read.get(i));
    }
    try {
      return intake.settle(all, bySubmission);
    } catch (RuntimeException e) {
      bodies.drop(read);
      throw e;
    }
  }

  @Override
  public void release(List<Lease> leases) {
    intake.release(leases, clock.instant());
  }

  @Override
  public void postpone(Destination destination, Instant until) {
    intake.postpone(destination, until);
  }

  @Override
  public Optional<Instant> postponedUntil(Destination destination, Instant now) {
    return looking.postponedUntil(destination, now);
  }

  @Override
  public MessageSource message(SubmissionId submission) {
    Optional<MessageSource> fresh = intake.message(submission);
    if (fresh.isPresent()) {
      return fresh.get();
    }
    letArrive();
    return bodies.of(submission);
  }

  @Override
  public void awaitWork(Duration atMost) throws InterruptedException {
    working.awaitWork(atMost);
  }

  @Override
  public Optional<SubmissionStatus> status(SubmissionId submission) {
    intake.empty(submission);
    letArrive();
    return looking.status(submission);
  }

  @Override
  public List<RecordedOutcome> outcomes(long after, int most) {
    intake.writeDown();
    return looking.outcomes(after, most);
  }

  @Override
  public QueueStats stats() {
    letArrive();
    // In this order: what gets into the tables meanwhile is counted at least once.
    QueueStats fresh = intake.stats();
    return looking.stats(clock.instant()).plus(fresh);
  }

  @Override
  public List<QueueEntry> list(Selection which, long afterId, int most) {
    intake.empty();
    letArrive();
    return looking.list(which, afterId, most);
  }

  @Override
  public int hold(Selection which, String why, Instant now) {
    intake.empty();
    letArrive();
    return administering.hold(which, why);
  }

  @Override
  public int release(Selection which, Instant now) {
    intake.empty();
    letArrive();
    return administering.release(which, now);
  }

  @Override
  public int flush(Selection which, Instant now) {
    intake.empty();
    letArrive();
    return administering.flush(which, now);
  }

  @Override
  public int cancel(Selection which, Instant now) {
    intake.empty();
    letArrive();
    return administering.cancel(which, now);
  }

  @Override
  public void close() {
    intake.close();
    readers.close();
    writer.close();
    working.close();
  }
}
