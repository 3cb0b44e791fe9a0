package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.LEASE;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.RecordedOutcome;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.Settlement.Result;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.testkit.ManualClock;

/** What holds when several nodes deliver from one store (G14). */
interface NodesContract extends SharedStore {

  private static JdbcQueue node(String url) {
    return JdbcQueue.builder(url).clock(ManualClock.at(NOON)).open();
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  default void twoNodes_noDeliveryTwiceAndOutcomesInOneOrder() throws Exception {
    String url = newDatabase();
    try (JdbcQueue one = node(url);
        JdbcQueue two = node(url)) {
      one.attach();
      two.attach();
      for (int i = 0; i < 10; i++) {
        one.add(QueueMail.many("d" + i, 100, NOON, "d" + i + ".example"));
      }
      ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();
      var first = CompletableFuture.runAsync(() -> work(one, done));
      var second = CompletableFuture.runAsync(() -> work(two, done));
      Set<Long> read = new HashSet<>();
      long cursor = 0;
      while (!first.isDone() || !second.isDone()) {
        cursor = follow(one, cursor, read);
      }
      CompletableFuture.allOf(first, second).get(9, TimeUnit.MINUTES);
      follow(one, cursor, read);
      assertEquals(1_000, done.size());
      assertEquals(1_000, new HashSet<>(done).size());
      assertEquals(1_000, read.size(), "no outcome is stored behind a cursor that was read");
    }
  }

  private static long follow(JdbcQueue queue, long after, Set<Long> read) {
    long cursor = after;
    List<RecordedOutcome> page = queue.outcomes(cursor, 1_000);
    for (RecordedOutcome outcome : page) {
      read.add(outcome.cursor());
      cursor = outcome.cursor();
    }
    return cursor;
  }

  private static void work(JdbcQueue queue, ConcurrentLinkedQueue<String> done) {
    List<Lease> leases = queue.claim(QueueMail.room(NOON, 20, 5));
    while (!leases.isEmpty()) {
      done.addAll(QueueMail.ids(leases));
      queue.settle(leases.stream().map(l -> QueueMail.relayed(l, NOON)).toList());
      leases = queue.claim(QueueMail.room(NOON, 20, 5));
    }
  }

  @Test
  default void nodesWhoseClocksDiffer_agreeOnLeases() {
    String url = newDatabase();
    Duration skew = Duration.ofMinutes(5);
    try (JdbcQueue behind = JdbcQueue.open(url);
        JdbcQueue ahead = JdbcQueue.open(url)) {
      Instant now = Instant.now();
      behind.add(QueueMail.many("x", 4, now.minus(skew), "x.example"));
      Lease slow = behind.claim(QueueMail.room(now.minus(skew), 1, 1)).get(0);
      Lease fast = ahead.claim(QueueMail.room(now.plus(skew), 1, 1)).get(0);
      assertFalse(slow.delivery().id() == fast.delivery().id());
      assertEquals(2, ahead.claim(QueueMail.everything(now.plus(skew))).size(), "nothing leased");
      assertEquals(List.of(), behind.claim(QueueMail.everything(now.minus(skew))));
      assertEquals(Set.of(), behind.renew(List.of(slow), now.minus(skew), LEASE));
      assertEquals(List.of(), ahead.claim(QueueMail.everything(now.plus(skew))));
      List<Result> stored = behind.settle(List.of(QueueMail.relayed(slow, now.minus(skew))));
      assertTrue(stored.get(0).isStored());
    }
  }

  @Test
  default void leaseOfADeadNode_isFreeWhenTheStoresTimeIsOver() throws Exception {
    String url = newDatabase();
    try (JdbcQueue dead = JdbcQueue.open(url);
        JdbcQueue other = JdbcQueue.open(url);
        Connection fault = SharedStore.connect(url)) {
      Instant now = Instant.now();
      dead.add(QueueMail.many("x", 1, now, "x.example"));
      Lease zombie = dead.claim(QueueMail.everything(now)).get(0);
      assertEquals(List.of(), other.claim(QueueMail.everything(now)));
      SharedStore.run(fault, "UPDATE mx_delivery SET lease_until = lease_until - 61000000");
      Lease owner = other.claim(QueueMail.everything(now)).get(0);
      assertTrue(owner.token() > zombie.token());
      assertEquals(
          List.of(Result.LEASE_LOST), dead.settle(List.of(QueueMail.relayed(zombie, now))));
      assertEquals(Set.of(zombie), dead.renew(List.of(zombie), now, LEASE));
    }
  }

  @Test
  default void nodeThatStarts_takesNobodysLeases() {
    String url = newDatabase();
    try (JdbcQueue one = node(url);
        JdbcQueue two = node(url)) {
      one.attach();
      one.add(QueueMail.many("x", 1, NOON, "x.example"));
      Lease lease = one.claim(QueueMail.everything(NOON)).get(0);
      two.attach();
      assertEquals(List.of(), two.claim(QueueMail.everything(NOON)));
      assertTrue(one.settle(List.of(QueueMail.relayed(lease, NOON))).get(0).isStored());
    }
  }

  @Test
  default void suspect_isAloneOnItsNodeAndTheOtherNodesGoOn() {
    String url = newDatabase();
    try (JdbcQueue busy = node(url);
        JdbcQueue idle = node(url)) {
      Instant now = NOON;
      busy.add(QueueMail.many("poison", 1, now, "x.example"));
      for (int lost = 0; lost < 3; lost++) {
        assertEquals(1, idle.claim(QueueMail.everything(now)).size());
        now = now.plus(LEASE);
      }
      // Not yet free of it: what is claimed here comes first.
      busy.add(QueueMail.many("y", 2, now, "y.example"));
      assertEquals(List.of("poison-0"), QueueMail.ids(idle.claim(QueueMail.everything(now))));
      assertEquals(List.of(), idle.claim(QueueMail.everything(now)), "nothing beside it");
      assertEquals(2, busy.claim(QueueMail.everything(now)).size());
      assertEquals(List.of(), busy.claim(QueueMail.everything(now.plus(LEASE).minusMillis(1))));
      busy.claim(QueueMail.everything(now.plus(LEASE)));
      assertEquals(1, busy.stats().held(), "lost alone: held, not bounced");
      assertEquals(List.of(), busy.outcomes(0, 10));
    }
  }

  @Test
  default void addOfAnotherNode_wakes() throws Exception {
    String url = newDatabase();
    try (JdbcQueue engine = node(url);
        JdbcQueue other = node(url)) {
      engine.claim(QueueMail.everything(NOON));
      CompletableFuture<Void> waiter =
          CompletableFuture.runAsync(
              () -> {
                try {
                  engine.awaitWork(Duration.ofMinutes(5));
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      other.add(QueueMail.many("m", 1, NOON, "x.example"));
      waiter.get(60, TimeUnit.SECONDS);
      assertEquals(1, engine.claim(QueueMail.everything(NOON)).size());
    }
  }

  @Test
  default void crashBetweenAnyTwoCalls_losesNothingAndRepeatsNothingSettled() {
    for (int calls = 1; calls <= Life.CALLS; calls++) {
      String url = newDatabase();
      try (JdbcQueue before = node(url)) {
        Life life = new Life();
        life.live(before, calls);
        try (JdbcQueue after = node(url)) {
          after.attach();
          life.finish(after, "crashed after call " + calls);
        }
      }
    }
  }

  @Test
  default void rowThatCannotBeRead_isHeldWithItsReasonAndTheOthersFlow() throws Exception {
    String url = newDatabase();
    try (JdbcQueue queue = node(url);
        Connection fault = SharedStore.connect(url)) {
      queue.add(QueueMail.many("m", 3, NOON, "x.example"));
      String of = " WHERE message = (SELECT id FROM mx_message WHERE submission = 'm-1')";
      SharedStore.run(fault, "UPDATE mx_delivery SET recipients = 'garbage'" + of);
      assertEquals(List.of("m-0", "m-2"), QueueMail.ids(queue.claim(QueueMail.everything(NOON))));
      List<QueueEntry> held = queue.ownHolds();
      assertEquals(1, held.size());
      assertTrue(held.get(0).why().contains("cannot be read"), held.get(0).why());
      Selection it = new Selection.OfSubmission(new SubmissionId("m-1"));
      assertEquals(1, queue.cancel(it, NOON));
      assertEquals(0, queue.stats().held());
    }
  }

  @Test
  default void newerSchema_isRefusedWithVersions() throws Exception {
    String url = newDatabase();
    node(url).close();
    try (Connection newer = SharedStore.connect(url)) {
      SharedStore.run(newer, "UPDATE mx_meta SET value = 999 WHERE name = 'version'");
      QueueException e = assertThrows(QueueException.class, () -> node(url));
      assertTrue(e.getMessage().contains("999"), e.getMessage());
      assertTrue(e.getMessage().contains("up to 1"), e.getMessage());
      assertEquals(
          "999", SharedStore.text(newer, "SELECT value FROM mx_meta WHERE name = 'version'"));
    }
  }

  @Test
  default void olderSchema_isBroughtForwardStepByStep() throws Exception {
    String url = newDatabase();
    try (JdbcQueue queue = node(url)) {
      queue.add(QueueMail.many("m", 1, NOON, "x.example"));
    }
    try (Connection connection = SharedStore.connect(url)) {
      Product product = Products.of(connection);
      List<List<String>> versions =
          List.of(
              ServerTables.FIRST,
              List.of("ALTER TABLE mx_delivery ADD COLUMN priority INTEGER"),
              List.of("UPDATE mx_delivery SET priority = 7"));
      ServerSchema later = new ServerSchema(product, versions);
      later.prepare(connection, "test");
      later.prepare(connection, "test");
      assertEquals("7", SharedStore.text(connection, "SELECT priority FROM mx_delivery"));
      assertEquals(
          "3", SharedStore.text(connection, "SELECT value FROM mx_meta WHERE name = 'version'"));
    }
    assertThrows(QueueException.class, () -> node(url), "which this library does not know");
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  default void nodesThatStartTogether_makeTheTablesOnce() throws Exception {
    String url = newDatabase();
    List<CompletableFuture<JdbcQueue>> starting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starting.add(CompletableFuture.supplyAsync(() -> node(url)));
    }
    for (CompletableFuture<JdbcQueue> start : starting) {
      try (JdbcQueue queue = start.get(5, TimeUnit.MINUTES)) {
        queue.add(List.of(QueueMail.submission("m", NOON, "a@x.example")));
        assertEquals(1, queue.stats().due());
      }
    }
  }
}
