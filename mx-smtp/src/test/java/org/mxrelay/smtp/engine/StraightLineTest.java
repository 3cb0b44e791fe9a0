package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.engine.ScriptedTransport.byLocalPart;
import static org.mxrelay.smtp.engine.ScriptedTransport.refuses;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;
import static org.mxrelay.smtp.engine.ScriptedTransport.takes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.RouteDecision.Reason;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.Outcome.End;
import org.mxrelay.smtp.queue.SubmissionId;

class StraightLineTest {

  private final Rig rig = new Rig();

  @Test
  void acceptedMessage_isRelayedOnce() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", relays());
    SubmissionId id = rig.submit("bob@shop.example", "ann@example.org");

    assertEquals(1, rig.run());

    assertEquals(List.of("attempted 1 mx1", "relayed ann@example.org"), rig.events.lines);
    assertTrue(rig.queue.status(id).orElseThrow().isEnded());
    Outcome outcome = rig.queue.outcomes(0, 10).get(0).outcome();
    assertEquals(1, outcome.attempts());
    assertEquals("250 2.0.0 queued as 1", outcome.why());
    assertEquals(0, rig.run());
  }

  @Test
  void g3_recipientsOfTwoDestinations_eachEndOnce() {
    rig.router.to("example.org", "10 mx1").fails("example.net", Reason.NULL_MX, "5.1.10");
    rig.transport.at("mx1", relays());
    rig.submit("<>", "ann@example.org", "eve@example.org", "joe@example.net");

    rig.run();

    assertEquals(
        List.of("bounced joe@example.net", "relayed ann@example.org", "relayed eve@example.org"),
        rig.events.outcomes.stream()
            .map(o -> o.outcome().word() + " " + o.recipient())
            .sorted()
            .toList());
    assertEquals(0, rig.queue.stats().pending());
  }

  @Test
  void g8_partialAcceptance_keepsRecipientsApart() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", byLocalPart(Map.of("late", 450, "gone", 550)), relays());
    rig.submit("<>", "ann@example.org", "late@example.org", "gone@example.org");

    rig.run();

    assertEquals(
        List.of(
            "attempted 1 mx1",
            "deferred late@example.org",
            "relayed ann@example.org",
            "bounced gone@example.org"),
        rig.events.lines);
    assertEquals(
        List.of("late@example.org"),
        rig.onlyPending().open().stream().map(o -> o.recipient().toString()).toList());
  }

  @Test
  void g4_relayedRecipient_isNeverAttemptedAgain() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", byLocalPart(Map.of("late", 450)), relays());
    rig.submit("bob@shop.example", "ann@example.org", "late@example.org");

    rig.run();
    rig.runNext();

    assertEquals(
        List.of("late@example.org"),
        rig.transport.seen.get(1).envelope().recipients().stream()
            .map(Recipient::toString)
            .toList());
    assertEquals(List.of(End.RELAYED, End.RELAYED), ends());
  }

  @Test
  void g7_permanentRefusal_isNeverRetried() {
    rig.router.to("example.org", "10 mx1, 10 mx2, 20 mx3");
    rig.transport.at("mx1", refuses(Stage.RCPT, 550, "5.1.1 no such user"));
    rig.submit("<>", "gone@example.org");

    rig.run();
    rig.advance(Duration.ofDays(2));
    rig.run();

    assertEquals(List.of("mx1"), rig.transport.exchanges());
    assertEquals(List.of(End.BOUNCED), ends());
  }

  @Test
  void greylisted_isAcceptedWhenItComesBack() {
    rig.router.to("example.org", "10 mx1, 20 backup");
    rig.transport.at("mx1", refuses(Stage.RCPT, 450, "4.7.1 Greylisted, come back"), relays());
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();
    Delivery waiting = rig.onlyPending();
    assertEquals(1, waiting.attempts());
    assertEquals(Category.GREYLISTED, waiting.open().get(0).last().orElseThrow().category());
    assertEquals(FixedPolicy.STEP, rig.runNext());

    assertEquals(List.of("mx1", "mx1"), rig.transport.exchanges());
    assertEquals(2, rig.events.outcomes.get(0).attempts());
  }

  @Test
  void tooManyRecipients_goAtOnceIntoFurtherTransactions() {
    rig.router.to("example.org", "10 mx1, 10 mx2");
    rig.transport.at("mx1", takes(100));
    String[] many =
        IntStream.range(0, 250).mapToObj(i -> "r" + i + "@example.org").toArray(String[]::new);
    rig.submit("bob@shop.example", many);

    rig.run();

    assertEquals(List.of("mx1", "mx1", "mx1"), rig.transport.exchanges());
    assertEquals(250, rig.events.outcomes.size());
  }

  @Test
  void tooManyRecipientsWithoutProgress_isATransientRefusal() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", takes(0));
    rig.submit("bob@shop.example", "ann@example.org", "joe@example.org");

    rig.run();

    assertEquals(1, rig.transport.seen.size());
    assertEquals(2, rig.onlyPending().open().size());
  }

  @Test
  void noRoute_failsWithTheRoutersStatus() {
    rig.router.fails("example.org", Reason.NULL_MX, "5.1.10");
    rig.submit("<>", "ann@example.org");

    rig.run();

    Outcome outcome = rig.events.outcomes.get(0);
    assertEquals(End.BOUNCED, outcome.outcome());
    assertEquals("5.1.10", outcome.diagnostic().status().toString());
    assertEquals(Category.DOMAIN_INVALID, outcome.diagnostic().category());
    assertEquals(0, outcome.attempts());
  }

  @Test
  void unresolvedDestination_waitsWithoutCountingAnAttempt() {
    rig.router.defers("example.org");
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();
    assertEquals(Duration.ofMinutes(10), rig.runNext());
    // The place in the schedule comes from the age where no session was begun.
    assertEquals(Duration.ofMinutes(20), rig.runNext());

    assertEquals(0, rig.onlyPending().attempts());
    assertEquals("4.4.3", lastStatus());
  }

  @Test
  void hundredReceivedFields_failAsALoop() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", relays());
    rig.submit(
        Envelope.from("<>").to("ann@example.org"), "Received: by x\r\n".repeat(100) + "\r\n\r\n");
    rig.submit(
        Envelope.from("<>").to("joe@example.org"), "Received: by x\r\n".repeat(99) + "\r\n\r\n");

    rig.run();

    assertEquals(
        List.of("BOUNCED 5.4.6", "RELAYED 2.0.0"),
        rig.events.outcomes.stream()
            .map(o -> o.outcome() + " " + o.diagnostic().status())
            .sorted()
            .toList());
  }

  private String lastStatus() {
    return rig.onlyPending().open().get(0).last().orElseThrow().status().toString();
  }

  private List<End> ends() {
    return rig.events.outcomes.stream().map(Outcome::outcome).toList();
  }
}
