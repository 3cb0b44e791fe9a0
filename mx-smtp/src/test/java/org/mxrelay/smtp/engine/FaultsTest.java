package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.engine.ScriptedTransport.byLocalPart;
import static org.mxrelay.smtp.engine.ScriptedTransport.refuses;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Stage;
import org.mxrelay.reply.Verdict;
import org.mxrelay.retry.Decision;
import org.mxrelay.retry.RetryCase;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;

/** Whatever fails on our side, no message is bounced, lost, or tried in a tight loop. */
class FaultsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Rig rig = new Rig();

  @BeforeEach
  void routes() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", relays());
  }

  @Test
  void transportThatThrows_isATransientRefusalWithPatience() {
    ScriptedTransport.Script bug =
        t -> {
          throw new IllegalStateException("a bug");
        };
    rig.transport.at("mx1", bug, relays());
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(List.of("deferred ann@example.org"), rig.events.lines);
    assertEquals(PATIENCE, rig.runNext());
    assertTrue(rig.events.lines.contains("relayed ann@example.org"));
  }

  @Test
  void routerThatThrows_isATransientRefusalWithPatience() {
    rig.submit("bob@shop.example", "ann@unknown.example");

    rig.run();

    assertEquals(Rig.START.plus(PATIENCE), rig.onlyPending().due());
    assertEquals(0, rig.onlyPending().attempts());
  }

  @Test
  void classifierThatThrowsOnARelayedMessage_leavesItRelayed() {
    rig.classifier =
        (reply, at) -> {
          throw new IllegalStateException("a bug");
        };
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(List.of("attempted 1 mx1", "relayed ann@example.org"), rig.events.lines);
  }

  @Test
  void classifierThatThrowsOnARefusal_defers() {
    rig.classifier =
        (reply, at) -> {
          throw new IllegalStateException("a bug");
        };
    rig.transport.at("mx1", byLocalPart(Map.of("gone", 550)));
    rig.submit("bob@shop.example", "ann@example.org", "gone@example.org");

    rig.run();

    assertEquals(
        List.of("attempted 1 mx1", "deferred gone@example.org", "relayed ann@example.org"),
        rig.events.lines);
    assertEquals(Rig.START.plus(PATIENCE), rig.onlyPending().due());
  }

  @Test
  void classifierThatCallsARefusalRelayed_losesNothing() {
    rig.classifier =
        rig.classifier.before(
            (reply, at) ->
                Optional.of(
                    new org.mxrelay.reply.Judgement(
                        Verdict.RELAYED,
                        org.mxrelay.reply.Category.OTHER,
                        org.mxrelay.reply.EnhancedStatusCode.of("2.0.0"),
                        "mine")));
    rig.transport.at("mx1", refuses(Stage.END_OF_DATA, 451, "4.3.0 local error"));
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(1, rig.pending().size());
  }

  @Test
  void policyThatThrows_endsWhatIsRelayedAndKeepsTheRest() {
    rig.policy = new Broken();
    rig.transport.at("mx1", byLocalPart(Map.of("late", 450)));
    rig.submit("<>", "ann@example.org", "late@example.org");

    rig.run();

    assertTrue(rig.events.lines.contains("relayed ann@example.org"));
    assertEquals(Rig.START.plus(PATIENCE), rig.onlyPending().due());
  }

  @Test
  void listenerThatThrows_changesNothing() {
    rig.listener =
        new RelayListener() {
          @Override
          public void ended(Outcome outcome) {
            throw new IllegalStateException("a bug");
          }
        };
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(0, rig.queue.stats().pending());
    assertEquals(Outcome.End.RELAYED, rig.queue.outcomes(0, 1).get(0).outcome().outcome());
  }

  @Test
  void g3_transportThatForgetsARecipient_losesNobody() {
    rig.transport.at(
        "mx1",
        t -> new AttemptResult(ScriptedTransport.facts(t, LastByte.NOT_SENT), Map.of()),
        relays());
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();
    rig.runNext();

    assertTrue(rig.events.lines.contains("relayed ann@example.org"));
  }

  @Test
  void storeThatFailsToSettle_isAskedAgainWhileTheLeaseLasts() {
    rig.queue.settleFailures.set(3);
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(
        List.of(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400)),
        rig.pauses);
    assertEquals(1, rig.transport.seen.size());
    assertEquals(0, rig.queue.stats().pending());
  }

  @Test
  void storeThatFailsToSettleForGood_isGivenUpWithTheLease() {
    rig.queue.settleFailures.set(1000);
    rig.submit("bob@shop.example", "ann@example.org");

    rig.machinery().claims().round();

    Duration tried = rig.pauses.stream().reduce(Duration.ZERO, Duration::plus);
    assertTrue(tried.compareTo(LeaseKeeper.LEASE) >= 0, tried.toString());
    assertTrue(tried.compareTo(LeaseKeeper.LEASE.plusSeconds(5)) <= 0, tried.toString());
    assertEquals(List.of("attempted 1 mx1", "lease lost"), rig.events.lines);
  }

  @Test
  void storeThatCannotBeRead_leavesTheLeaseToRunOut() {
    rig.queue.messageFailures.set(1);
    rig.submit("bob@shop.example", "ann@example.org");

    assertEquals(1, rig.run());
    assertEquals(List.of(), rig.events.lines);
    assertEquals(0, rig.run(), "not at once");
    rig.advance(LeaseKeeper.LEASE);
    assertEquals(1, rig.run());

    assertTrue(rig.events.lines.contains("relayed ann@example.org"));
  }

  private record Broken() implements RetryPolicy {
    @Override
    public RetrySchedule schedule() {
      throw new IllegalStateException("a bug");
    }

    @Override
    public Duration expiry() {
      return Duration.ofDays(1);
    }

    @Override
    public Optional<Duration> delayNotice() {
      return Optional.empty();
    }

    @Override
    public Decision decide(RetryCase of) {
      throw new IllegalStateException("a bug");
    }
  }
}
