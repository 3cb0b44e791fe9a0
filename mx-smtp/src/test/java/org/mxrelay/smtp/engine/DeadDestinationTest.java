package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.engine.ScriptedTransport.breaks;
import static org.mxrelay.smtp.engine.ScriptedTransport.refuses;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mxrelay.reply.Stage;
import org.mxrelay.retry.Decision;
import org.mxrelay.retry.RetryCase;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Outcome.End;
import org.mxrelay.smtp.queue.Selection;

/** What one message finds out of a dead destination need not be found out by the others. */
class DeadDestinationTest {

  private final Rig rig = new Rig();

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"CONNECT", "GREETING"})
  void nobodyThere_isFoundOutOnceAndPostponedWithOneWrite(Stage stage) {
    rig.router.to("example.org", "10 mx1, 20 backup");
    rig.transport.at("mx1", breaks(stage)).at("backup", breaks(stage));
    submit(50);
    Machinery machinery = rig.machinery();

    work(machinery);

    assertEquals(List.of("mx1", "backup"), rig.transport.exchanges());
    assertEquals(List.of("example.org 30"), rig.queue.postponed);
    assertEquals(1, attempted());
  }

  @Test
  void theOthers_keepTheirPlaceInTheirSchedule() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", breaks(Stage.CONNECT));
    submit(50);
    Machinery machinery = rig.machinery();

    for (int i = 0; i < 5; i++) {
      work(machinery);
      rig.advance(Duration.ofSeconds(31));
    }

    long untouched =
        rig.pending().stream().filter(d -> d.attempts() == 0 && d.due().equals(Rig.START)).count();
    assertEquals(50 - attempted(), untouched);
    assertEquals(3, attempted(), "at 0 s, after 30 s, and 60 s later");
  }

  @Test
  void backupThatAnswers_keepsTheDestinationAlive() {
    rig.router.to("example.org", "10 mx1, 20 backup");
    rig.transport
        .at("mx1", breaks(Stage.CONNECT))
        .at("backup", refuses(Stage.RCPT, 450, "4.2.0 not now"));
    submit(5);

    work(rig.machinery());

    assertEquals(5, attempted());
    assertEquals(List.of(), rig.queue.postponed);
  }

  @Test
  void refusalIsAnAnswer_evenAtTheGreeting() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", refuses(Stage.GREETING, 421, "4.3.2 busy"));
    submit(5);

    work(rig.machinery());

    assertEquals(5, attempted());
    assertEquals(List.of(), rig.queue.postponed);
  }

  @Test
  void otherDestinationOfTheSameExchange_isNotAttempted() {
    rig.router.to("example.org", "10 mx1").to("example.net", "10 mx1");
    rig.transport.at("mx1", breaks(Stage.CONNECT));
    rig.submit("bob@shop.example", "ann@example.org");
    Machinery machinery = rig.machinery();
    work(machinery);
    rig.submit("bob@shop.example", "ann@example.net");

    work(machinery);

    assertEquals(1, rig.transport.seen.size());
    assertEquals(List.of("example.org 30", "example.net 30"), rig.queue.postponed);
  }

  @Test
  void ownScheduleThatIsFaster_isNotSlowedDown() {
    rig.policy = new EveryTwoSeconds(rig.policy);
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", breaks(Stage.CONNECT), breaks(Stage.CONNECT), relays());
    rig.submit("bob@shop.example", "ann@example.org");
    Machinery machinery = rig.machinery();

    for (int i = 0; i < 3; i++) {
      work(machinery);
      rig.advance(Duration.ofSeconds(2));
    }

    assertTrue(rig.events.lines.contains("relayed ann@example.org"), rig.events.lines.toString());
  }

  @Test
  void comingBack_theBacklogFlowsWithARamp() {
    rig.limits = Rig.limits(64, 8);
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", breaks(Stage.CONNECT), relays());
    submit(40);
    List<Runnable> handed = new ArrayList<>();
    Machinery machinery = Machinery.of(rig.parts(), handed::add);
    machinery.claims().round();
    runAll(handed);
    rig.advance(Duration.ofSeconds(30));

    List<Integer> steps = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      machinery.claims().round();
      steps.add(handed.size());
      runAll(handed);
    }

    // Each thread goes on with the one that waited, so that a step is two answers long at first.
    assertEquals(List.of(1, 4, 8, 8, 8), steps);
  }

  @Test
  void stillDead_isFoundOutByOneAndTheWhileDoubles() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", breaks(Stage.CONNECT));
    submit(40);
    Machinery machinery = rig.machinery();
    work(machinery);
    rig.advance(Duration.ofSeconds(30));

    work(machinery);

    assertEquals(2, rig.transport.seen.size());
    assertEquals(List.of("example.org 30", "example.org 90"), rig.queue.postponed);
  }

  @Test
  void peopleWhoFlush_seeAnAttemptAndTheBacklogFlowsIfItAnswers() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", breaks(Stage.CONNECT), relays());
    submit(3);
    Machinery machinery = rig.machinery();
    work(machinery);
    rig.advance(Duration.ofSeconds(1));
    rig.queue.real.flush(new Selection.All(), rig.clock.instant());

    work(machinery);

    assertEquals(3, rig.events.outcomes.size());
  }

  @Test
  void postponedMessages_expireOnTimeWithoutAnAttempt() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", breaks(Stage.CONNECT));
    submit(30);
    Machinery machinery = rig.machinery();
    Duration step = Duration.ofSeconds(50);
    Duration day = Duration.ofDays(1);
    for (Duration age = Duration.ZERO; age.compareTo(day) < 0; age = age.plus(step)) {
      work(machinery);
      rig.advance(step);
    }
    int sessions = rig.transport.seen.size();

    for (int i = 0; i < 3; i++) {
      work(machinery);
      rig.advance(step);
    }

    assertEquals(30, rig.events.outcomes.stream().filter(o -> o.outcome() == End.EXPIRED).count());
    assertTrue(rig.transport.seen.size() - sessions <= 3, "attempts at the end");
    assertTrue(sessions < 200, "sessions in a day: " + sessions);
    assertEquals(List.of(), toExampleOrg());
  }

  @Test
  void timeIsOverDuringAPostponement_expiresWithoutWaitingForItsEnd() {
    rig.router.to("example.org", "10 mx1").to("example.net", "10 mx1");
    rig.transport.at("mx1", breaks(Stage.CONNECT));
    submit(5);
    rig.queue.real.hold(new Selection.All(), "until later", Rig.START);
    Machinery machinery = rig.machinery();
    rig.advance(Duration.ofDays(1).minusSeconds(10));
    rig.submit("<>", "joe@example.net");
    work(machinery);
    rig.queue.real.release(new Selection.All(), rig.clock.instant());
    rig.advance(Duration.ofSeconds(1));
    work(machinery);
    assertEquals(1, rig.transport.seen.size());
    assertEquals(0, rig.events.outcomes.size());

    rig.advance(Duration.ofSeconds(10));
    rig.nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    work(machinery);

    assertEquals(5, rig.events.outcomes.stream().filter(o -> o.outcome() == End.EXPIRED).count());
    assertEquals(1, rig.transport.seen.size());
    assertEquals(0, rig.events.outcomes.get(0).attempts());
    assertEquals("4.4.1", rig.events.outcomes.get(0).diagnostic().status().toString());
  }

  private record EveryTwoSeconds(RetryPolicy rest) implements RetryPolicy {
    @Override
    public RetrySchedule schedule() {
      return (attempt, random) -> Duration.ofSeconds(2);
    }

    @Override
    public Duration expiry() {
      return rest.expiry();
    }

    @Override
    public Optional<Duration> delayNotice() {
      return rest.delayNotice();
    }

    @Override
    public Decision decide(RetryCase of) {
      return rest.decide(of);
    }
  }

  private List<Delivery> toExampleOrg() {
    return rig.pending().stream()
        .filter(d -> d.destination().toString().equals("example.org"))
        .toList();
  }

  private void submit(int messages) {
    for (int i = 0; i < messages; i++) {
      rig.submit("<>", "ann" + i + "@example.org");
    }
  }

  private static void work(Machinery machinery) {
    for (int n = machinery.claims().round(); n > 0; n = machinery.claims().round()) {
      assertTrue(n > 0);
    }
  }

  private static void runAll(List<Runnable> handed) {
    List<Runnable> now = List.copyOf(handed);
    handed.clear();
    now.forEach(Runnable::run);
  }

  private long attempted() {
    return rig.pending().stream().filter(d -> d.attempts() > 0).count();
  }
}
