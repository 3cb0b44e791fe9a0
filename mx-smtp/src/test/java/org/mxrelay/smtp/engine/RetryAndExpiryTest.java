package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.engine.ScriptedTransport.byLocalPart;
import static org.mxrelay.smtp.engine.ScriptedTransport.refuses;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Stage;
import org.mxrelay.retry.Decision;
import org.mxrelay.retry.RetryByDestination;
import org.mxrelay.retry.RetryCase;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.smtp.queue.Outcome.End;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.QueueEntry.State;

class RetryAndExpiryTest {

  private final Rig rig = new Rig();

  @Test
  void g7_transientRefusal_neverFailsBeforeExpiryAndExpiresExactlyThen() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", refuses(Stage.MAIL, 451, "4.3.0 local error"));
    rig.submit("<>", "ann@example.org");
    Instant end = Rig.START.plus(Duration.ofDays(1));

    rig.run();
    while (rig.events.outcomes.isEmpty()) {
      assertTrue(rig.clock.instant().isBefore(end), "still pending at " + rig.clock.instant());
      rig.runNext();
    }

    assertEquals(end, rig.clock.instant());
    assertEquals(End.EXPIRED, rig.events.outcomes.get(0).outcome());
    assertEquals(rig.transport.seen.size(), rig.events.outcomes.get(0).attempts());
    assertEquals("451 4.3.0 local error", rig.events.outcomes.get(0).why());
  }

  @Test
  void destinationWithAPolicyOfItsOwn_expiresByIt() {
    rig.policy =
        RetryByDestination.of(rig.policy)
            .with("example.org", RetryPolicy.standard().withExpiry(Duration.ofHours(1)));
    for (String domain : List.of("example.org", "example.net")) {
      rig.router.to(domain, "10 mx1");
      rig.submit("<>", "ann@" + domain);
    }
    rig.transport.at("mx1", refuses(Stage.MAIL, 451, "4.3.0 local error"));

    rig.run();
    while (rig.events.outcomes.isEmpty()) {
      rig.runNext();
    }

    assertEquals(Rig.START.plus(Duration.ofHours(1)), rig.clock.instant());
    assertEquals("ann@example.org", rig.events.outcomes.get(0).recipient().toString());
    assertEquals(1, rig.pending().size(), "the other one goes on");
  }

  @Test
  void lastAttempt_mayStillSucceed() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", relays());
    rig.submit("bob@shop.example", "ann@example.org");

    rig.advance(Duration.ofDays(3));
    rig.run();

    assertEquals(End.RELAYED, rig.events.outcomes.get(0).outcome());
  }

  @Test
  void attemptsOfTheSchedule_countFromOne() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", refuses(Stage.MAIL, 451, "4.3.0 local error"));
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(List.of(10L, 20L, 30L), List.of(minutes(), minutes(), minutes()));
    assertEquals(4, rig.onlyPending().attempts());
    assertEquals(List.of(1, 2, 3, 4), rig.events.attempts.stream().map(a -> a.attempt()).toList());
  }

  @Test
  void openRecipients_waitAsOneForWhoeverMustWaitLongest() {
    rig.policy = new Staggered(rig.policy);
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", byLocalPart(Map.of("ann", 450, "joe", 451)));
    rig.submit("bob@shop.example", "ann@example.org", "joe@example.org");

    rig.run();

    assertEquals(Rig.START.plus(Duration.ofMinutes(10)), rig.onlyPending().due());
    assertEquals(2, rig.onlyPending().open().size());
  }

  @Test
  void serverThatNamesATime_isLeftAloneUntilThen() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", refuses(Stage.RCPT, 450, "4.7.1 Greylisted, retry in 25 minutes"));
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(25, minutes());
  }

  @Test
  void hold_keepsTheDeliveryForAPerson() {
    rig.policy = new Holding(rig.policy);
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", refuses(Stage.MAIL, 451, "4.3.0 local error"));
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    QueueEntry entry = rig.entries().get(0);
    assertEquals(State.HELD, entry.state());
    assertEquals("ask a person", entry.why());
    assertTrue(rig.events.lines.contains("held ann@example.org"));
  }

  @Test
  void g13_clockThatJumpsBackAndForth_losesAndExpiresNothing() {
    ScriptedTransport.Script busy = refuses(Stage.MAIL, 451, "4.3.0 local error");
    Rig steady = new Rig();
    SteadyClock clock = new SteadyClock(steady.clock, steady.nanos::get);
    steady.router.to("example.org", "10 mx1");
    steady.transport.at("mx1", busy, busy, busy, relays());
    steady.submit("bob@shop.example", "ann@example.org");
    EngineParts parts = steady.parts();
    Times times =
        new Times(clock, steady.nanos::get, parts.times().random(), parts.times().pause());
    Machinery machinery = Machinery.of(with(parts, times), Runnable::run);

    machinery.claims().round();
    for (int years : List.of(10, -20, 10)) {
      steady.clock.advance(Duration.ofDays(365L * years));
      assertEquals(0, machinery.claims().round(), "a jump makes nothing due");
      steady.advance(Duration.ofMinutes(30));
      assertEquals(1, machinery.claims().round(), "what is due in truth is claimed");
    }

    assertEquals(End.RELAYED, steady.events.outcomes.get(0).outcome());
    assertEquals(Rig.START.plus(Duration.ofMinutes(90)), steady.events.outcomes.get(0).at());
  }

  private static EngineParts with(EngineParts p, Times times) {
    return new EngineParts(
        p.queue(),
        p.router(),
        p.tls(),
        p.transport(),
        p.rules(),
        p.limits(),
        times,
        p.mailing(),
        p.listener(),
        p.threads());
  }

  private long minutes() {
    return rig.runNext().toMinutes();
  }

  /** A 451 may be tried again after a minute. */
  private record Staggered(RetryPolicy rest) implements RetryPolicy {
    @Override
    public RetrySchedule schedule() {
      return rest.schedule();
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
      return of.judgement().category() == org.mxrelay.reply.Category.SERVER_ERROR
          ? new Decision.Reschedule(of.now().plusSeconds(60))
          : rest.decide(of);
    }
  }

  private record Holding(RetryPolicy rest) implements RetryPolicy {
    @Override
    public RetrySchedule schedule() {
      return rest.schedule();
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
      return of.judgement().isTransient() ? new Decision.Hold("ask a person") : rest.decide(of);
    }
  }
}
