package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.transport.LastByteGate.Answer;

class LeaseTest {

  private final Rig rig = new Rig();
  private final List<Runnable> handed = new ArrayList<>();

  @BeforeEach
  void routes() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", relays());
  }

  @Test
  void g5_leaseThatIsNearlyOver_stopsTheLastByte() {
    rig.transport.at(
        "mx1",
        t -> {
          // The session is slow, and the lease is not renewed: 4.9 s are left.
          rig.nanos.addAndGet(Duration.ofMillis(55_100).toNanos());
          return relays().play(t);
        },
        relays());
    rig.submit("bob@shop.example", "ann@example.org");

    rig.machinery().claims().round();

    assertEquals(List.of(), rig.queue.outcomes(0, 1));
    assertEquals(1, rig.queue.released.size());
    assertEquals(0, rig.onlyPending().attempts());
  }

  @Test
  void leaseThatIsRenewed_lastsForASlowSession() {
    Machinery machinery = Machinery.of(rig.parts(), Runnable::run);
    rig.transport.at(
        "mx1",
        t -> {
          for (int i = 0; i < 20; i++) {
            rig.advance(LeaseKeeper.EVERY);
            machinery.keeper().renew();
          }
          return relays().play(t);
        });
    rig.submit("bob@shop.example", "ann@example.org");

    machinery.claims().round();

    assertTrue(rig.events.lines.contains("relayed ann@example.org"), rig.events.lines.toString());
  }

  @Test
  void storeThatFailsToRenew_isAskedAgainSoon() {
    Machinery machinery = Machinery.of(rig.parts(), handed::add);
    rig.submit("bob@shop.example", "ann@example.org");
    machinery.claims().round();
    rig.queue.renewFailures.set(1);

    assertEquals(LeaseKeeper.SOON, machinery.keeper().renew());
    assertEquals(LeaseKeeper.EVERY, machinery.keeper().renew());
  }

  @Test
  void g14_leaseLostWhileWaiting_isNotWorkedOn() {
    Machinery machinery = Machinery.of(rig.parts(), handed::add);
    rig.submit("bob@shop.example", "ann@example.org");
    machinery.claims().round();

    takenByAnotherNode();
    machinery.keeper().renew();
    handed.forEach(Runnable::run);

    assertEquals(List.of(), rig.transport.seen);
    assertEquals(List.of("lease lost"), rig.events.lines);
    assertEquals(0, machinery.lanes().underWay());
  }

  @Test
  void g14_leaseLostDuringTheSession_storesNothing() {
    rig.transport.at(
        "mx1",
        t -> {
          Answer answer = t.gate().ask();
          assertEquals(Answer.GO, answer);
          takenByAnotherNode();
          return relays().play(t);
        });
    rig.submit("bob@shop.example", "ann@example.org");

    rig.machinery().claims().round();

    assertEquals(List.of("attempted 1 mx1", "lease lost"), rig.events.lines);
    assertEquals(List.of(), rig.queue.outcomes(0, 1));
  }

  @Test
  void interruptedBeforeTheLastByte_isGivenBack() {
    rig.transport.at(
        "mx1",
        t -> {
          throw new InterruptedException();
        });
    rig.submit("bob@shop.example", "ann@example.org");

    rig.machinery().claims().round();

    assertTrue(Thread.interrupted(), "an interrupt from outside is passed on");
    assertEquals(1, rig.queue.released.size());
    assertEquals(0, rig.onlyPending().attempts());
  }

  @Test
  void g4_interruptedAfterOneRecipientWasRelayed_settlesThatOne() {
    rig.router.to("example.org", "10 mx1, 10 mx2");
    rig.transport
        .at("mx1", ScriptedTransport.byLocalPart(java.util.Map.of("late", 450)))
        .at(
            "mx2",
            t -> {
              throw new InterruptedException();
            });
    rig.submit("bob@shop.example", "ann@example.org", "late@example.org");

    rig.machinery().claims().round();

    assertTrue(Thread.interrupted());
    assertEquals(List.of(), rig.queue.released);
    assertTrue(rig.events.lines.contains("relayed ann@example.org"));
    assertEquals(1, rig.onlyPending().open().size());
  }

  @Test
  void gate_isShutOnceSomebodyElseSettles() throws BrokenOff {
    rig.submit("bob@shop.example", "ann@example.org");
    Lease lease = claimOne();
    Work work = new Work(lease, rig.nanos::get, rig.nanos.get() + LeaseKeeper.LEASE.toNanos());
    work.start();

    assertEquals(Answer.GO, work.ask());
    assertTrue(work.takeOver(rig.clock.instant()));
    assertEquals(Answer.STOP, work.ask());
    assertFalse(work.takeOver(rig.clock.instant()), "only one settles");
  }

  @Test
  void gateThatLetTheLastByteGo_staysOpenWhateverStopsTheWork() throws BrokenOff {
    rig.submit("bob@shop.example", "ann@example.org");
    Work work = new Work(claimOne(), rig.nanos::get, rig.nanos.get() + LeaseKeeper.LEASE.toNanos());
    work.start();
    assertEquals(Answer.GO, work.ask());

    work.stop("the relay closes");

    assertEquals(Answer.GO, work.ask());
  }

  private Lease claimOne() {
    return rig.queue
        .claim(new ClaimRequest(rig.clock.instant(), LeaseKeeper.LEASE, 1, 1, Set.of()))
        .get(0);
  }

  /** Its lease runs out by the store's clock, while ours stands still. */
  private void takenByAnotherNode() {
    rig.clock.advance(LeaseKeeper.LEASE);
    assertEquals("example.org", claimOne().delivery().destination().toString());
  }
}
