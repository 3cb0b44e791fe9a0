package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.LEASE;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.SubmissionUncertain;
import org.mxrelay.smtp.testkit.DatabaseServer;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.testkit.ManualClock;

/** What becomes of a queue whose database server, or the way to it, fails. */
@Tag("ci")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ServerFailureTest {

  /** The servers that a queue can be kept in. */
  enum Kind {
    POSTGRESQL(DatabaseServer::postgresql),
    MARIADB(DatabaseServer::mariadb);

    final Function<Path, DatabaseServer> start;

    Kind(Function<Path, DatabaseServer> start) {
      this.start = start;
    }
  }

  @TempDir Path folder;

  private static JdbcQueue open(String url) {
    return JdbcQueue.builder(url).clock(ManualClock.at(NOON)).open();
  }

  private static List<Submission> mail(String id) {
    return List.of(QueueMail.submission(id, NOON, "a@x.example"));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void serverThatCrashesAndComesBack_nothingIsLostAndTheQueueGoesOn(Kind kind) {
    try (DatabaseServer server = kind.start.apply(folder);
        JdbcQueue queue = open(server.newDatabase())) {
      queue.add(mail("before"));
      Lease lease = queue.claim(QueueMail.everything(NOON)).get(0);
      assertEquals(1, queue.stats().leased());
      server.crash();
      QueueException refused = assertThrows(QueueException.class, () -> queue.add(mail("down")));
      assertFalse(refused instanceof SubmissionUncertain, "it never began");
      assertThrows(QueueException.class, queue::stats);
      server.start();
      assertEquals(Set.of(), queue.renew(List.of(lease), NOON, LEASE), "still ours");
      assertTrue(queue.status(new SubmissionId("down")).isEmpty(), "refused and not sent later");
      assertTrue(queue.settle(List.of(QueueMail.relayed(lease, NOON))).get(0).isStored());
      queue.add(mail("after"));
      assertEquals(List.of("after"), QueueMail.ids(queue.claim(QueueMail.everything(NOON))));
      assertEquals(1, queue.outcomes(0, 10).size(), "nothing bounced");
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void serverRestartedBetweenTwoCalls_isNobodysConcern(Kind kind) {
    try (DatabaseServer server = kind.start.apply(folder);
        JdbcQueue queue = open(server.newDatabase())) {
      queue.add(mail("before"));
      assertEquals(1, queue.stats().due());
      server.stop();
      server.start();
      queue.add(mail("after"));
      server.stop();
      server.start();
      assertEquals(2, queue.stats().due());
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void serverStopped_queueCloses(Kind kind) {
    try (DatabaseServer server = kind.start.apply(folder)) {
      JdbcQueue queue = open(server.newDatabase());
      queue.add(mail("before"));
      assertEquals(1, queue.stats().due());
      server.stop();
      queue.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void commitWhoseAnswerWasLost_isUncertainAndCanBeRepeated(Kind kind) throws Exception {
    try (DatabaseServer server = kind.start.apply(folder);
        CuttingProxy proxy = new CuttingProxy(server.port())) {
      String url = server.newDatabase().replace(":" + server.port(), ":" + proxy.port());
      if (kind == Kind.POSTGRESQL) {
        // Else a second COMMIT goes under a name that the proxy does not know.
        url += "&prepareThreshold=0";
      }
      try (JdbcQueue queue = open(url)) {
        int stored = 0;
        for (CuttingProxy.Cut cut :
            List.of(CuttingProxy.Cut.BEFORE_COMMIT, CuttingProxy.Cut.BEFORE_ITS_ANSWER)) {
          String id = "lost-" + cut.ordinal();
          proxy.next.set(cut);
          SubmissionUncertain e =
              assertThrows(SubmissionUncertain.class, () -> queue.add(mail(id)), id);
          assertEquals(new SubmissionId(id), e.id());
          boolean there = queue.status(e.id()).isPresent();
          assertEquals(cut == CuttingProxy.Cut.BEFORE_ITS_ANSWER, there, id);
          queue.add(mail(id));
          stored++;
          assertEquals(stored, queue.stats().pending(), id);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void nodeStoppedInTheMiddleOfATransaction_stopsTheOthersForSecondsOnly(Kind kind)
      throws Exception {
    try (DatabaseServer server = kind.start.apply(folder)) {
      String url = server.newDatabase();
      try (JdbcQueue queue = open(url)) {
        ServerDialect dialect = ServerDialect.open(() -> DriverManager.getConnection(url), true);
        Connection stopped = dialect.connect();
        dialect.begin(stopped);
        Product.run(stopped, "UPDATE mx_meta SET value = value + 100 WHERE name = 'serial'");
        // Waits until the server has thrown the stopped one out.
        queue.add(mail("m"));
        assertEquals(1, queue.claim(QueueMail.everything(NOON)).size());
        assertFalse(dialect.isUsable(stopped));
      }
    }
  }

  @Test
  void postgresqlThatDoesNotWaitForItsDisk_doesForUs() throws Exception {
    try (DatabaseServer server = DatabaseServer.postgresql(folder)) {
      String url = server.newDatabase() + "&options=-c%20synchronous_commit=off";
      try (JdbcQueue queue = open(url);
          Connection business = DriverManager.getConnection(url)) {
        ServerDialect dialect = ServerDialect.open(() -> DriverManager.getConnection(url), true);
        try (Connection writing = dialect.connect()) {
          assertEquals("off", SharedStore.text(writing, "SHOW synchronous_commit"));
          dialect.begin(writing);
          assertEquals("on", SharedStore.text(writing, "SHOW synchronous_commit"));
          dialect.rollback(writing);
        }
        business.setAutoCommit(false);
        queue.add(business, mail("m").get(0));
        assertEquals("on", SharedStore.text(business, "SHOW synchronous_commit"));
        business.commit();
        assertEquals("off", SharedStore.text(business, "SHOW synchronous_commit"), "as it was");
      }
    }
  }

  @Test
  void mariadbThatDoesNotSync_isSaid() throws Exception {
    try (DatabaseServer server = DatabaseServer.mariadb(folder);
        Connection admin = DriverManager.getConnection(server.newDatabase())) {
      Product product = Products.of(admin);
      assertEquals(List.of(), product.weaknesses(admin));
      SharedStore.run(admin, "SET GLOBAL innodb_flush_log_at_trx_commit = 2");
      assertEquals(
          List.of("innodb_flush_log_at_trx_commit is 2 instead of 1"), product.weaknesses(admin));
    }
  }

  @Test
  void postgresqlThatMayTearPages_isSaid() throws Exception {
    try (DatabaseServer server = DatabaseServer.postgresql(folder);
        Connection admin = DriverManager.getConnection(server.newDatabase())) {
      Product product = Products.of(admin);
      assertEquals(List.of(), product.weaknesses(admin));
      SharedStore.run(admin, "ALTER SYSTEM SET full_page_writes = off");
      server.stop();
      server.start();
      try (Connection again = DriverManager.getConnection(server.newDatabase())) {
        assertEquals(List.of("full_page_writes is off"), product.weaknesses(again));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void connectionsThatGoBack_areAsTheyCame(Kind kind) throws Exception {
    try (DatabaseServer server = kind.start.apply(folder)) {
      String url = server.newDatabase();
      String settings =
          kind == Kind.POSTGRESQL
              ? "SELECT concat(current_setting('lock_timeout'),"
                  + " current_setting('idle_in_transaction_session_timeout'))"
              : "SELECT concat(@@innodb_lock_wait_timeout, ' ', @@idle_transaction_timeout)";
      try (Connection pooled = DriverManager.getConnection(url)) {
        String before = SharedStore.text(pooled, settings);
        ServerDialect dialect = ServerDialect.open(() -> DriverManager.getConnection(url), true);
        try (Connection used = dialect.connect()) {
          dialect.begin(used);
          dialect.commit(used);
          used.setAutoCommit(true);
          dialect.leave(used);
          assertEquals(before, SharedStore.text(used, settings));
        }
      }
    }
  }
}
