package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.engine.ScriptedTransport.breaks;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.address.Destination;
import org.mxrelay.address.ReversePath;
import org.mxrelay.reply.Stage;
import org.mxrelay.retry.RetryByDestination;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.smtp.Bounces;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.Notify;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Submission;

/** The sender is told of a delay though a postponement keeps his mail from being attempted. */
class LateWhilePostponedTest {

  private static final Destination ORG = Destination.parse("example.org");
  private static final Duration LATE = Duration.ofHours(4);

  private final Rig rig = new Rig();

  @BeforeEach
  void routes() {
    rig.router.to("example.org", "10 mx1").to("shop.example", "10 own");
    rig.transport.at("own", relays()).at("mx1", breaks(Stage.CONNECT));
  }

  @Test
  void lateDuringAPostponement_isToldWithoutAnAttemptAndKeepsItsTurn() {
    rig.submit("bob@shop.example", "ann@example.org");
    rig.queue.real.postpone(ORG, after(LATE.multipliedBy(2)));
    Machinery machinery = rig.machinery();
    workAt(machinery, LATE.minusSeconds(1));
    assertEquals(List.of(), rig.spawned());

    workAt(machinery, LATE.plusMinutes(1));

    assertEquals(1, rig.spawned().size());
    assertEquals(List.of("own"), rig.transport.exchanges(), "only the notice");
    Delivery waiting = rig.onlyPending();
    assertEquals(Rig.START, waiting.due());
    assertEquals(0, waiting.attempts());
    assertEquals(Optional.of(rig.clock.instant()), waiting.delayNoticed());
    assertTrue(rig.events.lines.contains("delayed ann@example.org"), rig.events.lines.toString());
  }

  @Test
  void told_isNotToldAgainAndIsAttemptedWhenThePostponementEnds() {
    rig.submit("bob@shop.example", "ann@example.org");
    rig.queue.real.postpone(ORG, after(LATE.multipliedBy(2)));
    Machinery machinery = rig.machinery();
    workAt(machinery, LATE.plusMinutes(1));
    workAt(machinery, LATE.plusMinutes(3));
    workAt(machinery, LATE.multipliedBy(2));

    assertEquals(1, rig.spawned().size());
    assertEquals(List.of("own", "mx1"), rig.transport.exchanges());
  }

  @Test
  void backlogOfADeadDestination_isToldOnTimeEachOnce() throws IOException {
    for (int i = 0; i < 30; i++) {
      rig.submit("bob@shop.example", "ann" + i + "@example.org");
    }
    Machinery machinery = rig.machinery();
    Duration step = Duration.ofSeconds(50);
    for (Duration age = Duration.ZERO; age.compareTo(LATE) < 0; age = age.plus(step)) {
      work(machinery);
      rig.advance(step);
    }
    int attempts = toExampleOrg();
    assertEquals(List.of(), rig.spawned());

    for (int i = 0; i < 20; i++) {
      work(machinery);
      rig.advance(step);
      assertTrue(i < 3 || dueAndNotTold() == 0, () -> "not told: " + dueAndNotTold());
    }

    // Those that were sent ahead have a schedule of their own, and are told with their next
    // attempt.
    assertEquals(30, rig.spawned().size() + notTold(), "each once");
    assertTrue(rig.spawned().size() >= 27, "told: " + rig.spawned().size());
    assertTrue(toExampleOrg() - attempts <= 3, "attempts: " + (toExampleOrg() - attempts));
    for (Submission report : rig.spawned()) {
      assertEquals(ReversePath.NULL, report.envelope().reversePath());
      assertTrue(text(report).contains("Status: 4.4.1"), text(report));
    }
  }

  @ParameterizedTest
  @CsvSource({"<>, DELAY", "bob@shop.example, FAILURE"})
  void nobodyToBeTold_isLookedAtOnce(String from, Notify on) {
    rig.submit(
        Envelope.from(from).to(List.of(Recipient.of("ann@example.org").notifying(Set.of(on)))));
    rig.queue.real.postpone(ORG, after(LATE.multipliedBy(2)));
    Machinery machinery = rig.machinery();
    for (int minutes = 1; minutes < 10; minutes++) {
      workAt(machinery, LATE.plusMinutes(minutes));
    }

    assertEquals(List.of(), rig.spawned());
    assertEquals(1, rig.queue.settled.size());
    assertEquals(List.of(), rig.queue.released);
    assertEquals(List.of(), rig.transport.seen);
  }

  @Test
  void bouncesNone_nobodyIsLookedAt() {
    rig.bounces = Bounces.NONE;
    rig.submit("bob@shop.example", "ann@example.org");
    rig.queue.real.postpone(ORG, after(LATE.multipliedBy(2)));

    workAt(rig.machinery(), LATE.plusMinutes(1));

    assertEquals(List.of(), rig.queue.settled);
    assertEquals(List.of(), rig.queue.leases);
  }

  @Test
  void destinationWhosePolicyIsMorePatient_goesBackUnattempted() {
    RetryPolicy patient = RetryPolicy.standard().withDelayNotice(LATE.multipliedBy(3));
    rig.policy = RetryByDestination.of(rig.policy).with("example.org", patient);
    rig.submit("bob@shop.example", "ann@example.org");
    rig.queue.real.postpone(ORG, after(LATE.multipliedBy(9)));
    Machinery machinery = rig.machinery();
    workAt(machinery, LATE.plusMinutes(1));
    assertEquals(List.of(), rig.queue.settled);
    assertEquals(List.of(), rig.transport.seen);

    workAt(machinery, LATE.multipliedBy(3));

    assertEquals(1, rig.spawned().size());
  }

  @Test
  void oldButNotPostponed_isAttemptedBeforeAnybodyIsTold() {
    rig.transport.at("mx1", relays());
    rig.submit("bob@shop.example", "ann@example.org");

    workAt(rig.machinery(), LATE.plusMinutes(1));

    assertEquals(List.of(), rig.spawned());
    assertTrue(rig.events.lines.contains("relayed ann@example.org"), rig.events.lines.toString());
  }

  private void workAt(Machinery machinery, Duration age) {
    rig.advance(Duration.between(rig.clock.instant(), after(age)));
    work(machinery);
  }

  private static void work(Machinery machinery) {
    for (int n = machinery.claims().round(); n > 0; n = machinery.claims().round()) {
      assertTrue(n > 0);
    }
  }

  private static Instant after(Duration age) {
    return Rig.START.plus(age);
  }

  private long dueAndNotTold() {
    Instant aWhileAgo = rig.clock.instant().minus(Duration.ofMinutes(2));
    return waiting().filter(d -> d.delayNoticed().isEmpty() && d.due().isBefore(aWhileAgo)).count();
  }

  private long notTold() {
    return waiting().filter(d -> d.delayNoticed().isEmpty()).count();
  }

  private Stream<Delivery> waiting() {
    return rig.pending().stream().filter(d -> d.destination().equals(ORG));
  }

  private int toExampleOrg() {
    return (int) rig.transport.exchanges().stream().filter("mx1"::equals).count();
  }

  private static String text(Submission report) throws IOException {
    try (InputStream in = report.message().open()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
