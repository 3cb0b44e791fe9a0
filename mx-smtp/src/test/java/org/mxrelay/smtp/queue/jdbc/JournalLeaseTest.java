package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.queue.jdbc.JournaledQueue.addOne;
import static org.mxrelay.smtp.queue.jdbc.JournaledQueue.status;
import static org.mxrelay.smtp.testkit.QueueMail.LEASE;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;
import static org.mxrelay.smtp.testkit.QueueMail.everything;
import static org.mxrelay.smtp.testkit.QueueMail.relayed;
import static org.mxrelay.smtp.testkit.QueueMail.rescheduled;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.testkit.QueueMail;

/** Leases of what is only in the journal. */
final class JournalLeaseTest {

  private static final Selection M = new Selection.OfSubmission(new SubmissionId("m"));

  @TempDir Path directory;

  private JdbcQueue queue;

  @BeforeEach
  void open() {
    queue = JournaledQueue.open(directory.resolve("mail.db"));
  }

  @AfterEach
  void close() {
    queue.close();
  }

  private Lease claimed() {
    addOne(queue, "m", NOON, "a@x.example");
    return queue.claim(everything(NOON)).get(0);
  }

  @Test
  void renewedLease_holdsBeyondItsFirstEnd() {
    Lease lease = claimed();
    Instant half = NOON.plus(LEASE.dividedBy(2));
    assertEquals(Set.of(), queue.renew(List.of(lease), half, LEASE));
    assertEquals(List.of(), queue.claim(everything(NOON.plus(LEASE).plusSeconds(1))));
    assertTrue(queue.settle(List.of(relayed(lease, half))).get(0).isStored());
  }

  @Test
  void expiredLease_isClaimableAgainUnderAGreaterToken() {
    Lease lease = claimed();
    Instant after = NOON.plus(LEASE);
    Lease second = queue.claim(everything(after)).get(0);
    assertTrue(second.token() > lease.token());
    assertEquals(2, second.claims());
    assertFalse(queue.settle(List.of(relayed(lease, after))).get(0).isStored());
    assertEquals(Set.of(lease), queue.renew(List.of(lease), after, LEASE));
    assertTrue(queue.settle(List.of(relayed(second, after))).get(0).isStored());
    assertEquals(1, queue.outcomes(0, 10).size());
  }

  @Test
  void releasedLease_isClaimableAgainAndCountsAsNoClaim() {
    Lease lease = claimed();
    queue.release(List.of(lease));
    Lease second = queue.claim(everything(NOON)).get(0);
    assertTrue(second.token() > lease.token());
    assertEquals(1, second.claims());
    assertFalse(queue.settle(List.of(relayed(lease, NOON))).get(0).isStored());
  }

  @Test
  void leaseThatIsSettledTwiceInOneCall_isStoredOnce() {
    Lease lease = claimed();
    List<Settlement.Result> results =
        queue.settle(List.of(relayed(lease, NOON), relayed(lease, NOON)));
    assertEquals(List.of(true, false), results.stream().map(r -> r.isStored()).toList());
    assertEquals(1, queue.outcomes(0, 10).size());
    assertEquals(0, queue.stats().leased());
  }

  @Test
  void holdWhileLeased_takesEffectAtSettle() {
    Lease lease = claimed();
    assertEquals(1, queue.hold(M, "wait", NOON));
    Settlement stored =
        queue.settle(List.of(rescheduled(lease, NOON, NOON))).get(0).stored().orElseThrow();
    assertTrue(stored.rest().orElseThrow() instanceof Settlement.Rest.Held);
    assertEquals(QueueEntry.State.HELD, status(queue, "m").pending().get(0).state());
  }

  @Test
  void cancelWhileLeased_takesEffectAtSettle() {
    Lease lease = claimed();
    assertEquals(1, queue.cancel(M, NOON));
    queue.settle(List.of(rescheduled(lease, NOON, NOON)));
    assertEquals(Outcome.End.CANCELLED, status(queue, "m").ended().get(0).outcome());
  }

  @Test
  void flushWhileLeased_changesNothing() {
    Lease lease = claimed();
    assertEquals(0, queue.flush(M, NOON));
    assertTrue(queue.settle(List.of(relayed(lease, NOON))).get(0).isStored());
    assertTrue(status(queue, "m").isEnded());
  }

  @Test
  void callsThatSettleOfEachOthersMessages_bothReturn() {
    for (int i = 0; i < 200; i++) {
      addOne(queue, "p" + i, NOON, "a@x.example", "a@y.example");
      addOne(queue, "q" + i, NOON, "a@x.example", "a@y.example");
      List<Lease> leases = queue.claim(everything(NOON));
      List<Settlement> one = crossed(leases, "p" + i, "q" + i, "x.example");
      List<Settlement> two = crossed(leases, "q" + i, "p" + i, "y.example");
      assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () -> {
            CompletableFuture<?> other = CompletableFuture.runAsync(() -> queue.settle(one));
            queue.settle(two);
            other.join();
          });
      assertEquals(1, status(queue, "p" + i).ended().size());
      assertEquals(1, status(queue, "q" + i).ended().size());
    }
  }

  private static List<Settlement> crossed(
      List<Lease> leases, String ends, String waits, String domain) {
    Instant later = NOON.plusSeconds(600);
    return List.of(
        relayed(find(leases, ends, domain), NOON),
        rescheduled(find(leases, waits, domain), later, NOON));
  }

  private static Lease find(List<Lease> leases, String id, String domain) {
    return leases.stream()
        .filter(l -> l.delivery().submission().value().equals(id))
        .filter(l -> l.delivery().destination().equals(QueueMail.to(domain)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void interruptedCaller_doesNoHarmToThoseAfterHim() {
    Thread.currentThread().interrupt();
    Lease lease = claimed();
    assertTrue(Thread.interrupted(), "and stays interrupted");
    Thread.currentThread().interrupt();
    queue.settle(List.of(relayed(lease, NOON)));
    assertTrue(Thread.interrupted());
    addOne(queue, "n", NOON, "a@x.example");
    assertEquals(1, queue.claim(everything(NOON)).size());
    assertTrue(status(queue, "m").isEnded());
  }
}
