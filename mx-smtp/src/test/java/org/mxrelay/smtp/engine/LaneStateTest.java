package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mxrelay.smtp.engine.ScriptedTransport.refuses;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Destination;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.Rate;
import org.mxrelay.smtp.RateLimit;
import org.mxrelay.smtp.queue.LaneState;

/** What the lanes tell people. */
class LaneStateTest {

  private static final Destination ORG = Destination.parse("example.org");

  private final Rig rig = new Rig();

  private Optional<LaneState> state(Machinery machinery) {
    return machinery.lanes().state(ORG, rig.clock.instant());
  }

  @Test
  void neverGoneThere_isNotKnown() {
    assertEquals(Optional.empty(), state(rig.machinery()));
  }

  @Test
  void answered_goesByItsExchangesAndAWiderWindow() {
    rig.router.to("example.org", "10 mx1, 20 mx2");
    rig.transport.at("mx1", relays());
    rig.limits = Rig.limits(20, 20);
    rig.submit("bob@shop.example", "ann@example.org");
    List<Runnable> handed = new ArrayList<>();
    Machinery machinery = Machinery.of(rig.parts(), handed::add);
    machinery.claims().round();
    LaneState before = state(machinery).orElseThrow();
    assertEquals(List.of("example.org"), before.exchanges());
    assertEquals("to example.org: 1 of 20 sessions at a time", before.words());

    handed.forEach(Runnable::run);

    LaneState after = state(machinery).orElseThrow();
    assertEquals(List.of("mx1", "mx2"), after.exchanges());
    assertEquals(0, after.sessions());
    assertEquals(Optional.empty(), after.slowDown());
    assertEquals(Optional.empty(), after.next());
  }

  @Test
  void toldThatItIsTooFast_saysSinceWhenAndUntil() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", refuses(Stage.MAIL, 421, "4.7.28 too fast, slow down"));
    rig.submit("bob@shop.example", "ann@example.org");
    Machinery machinery = rig.machinery();
    machinery.claims().round();
    rig.advance(Duration.ofMillis(400));

    LaneState state = state(machinery).orElseThrow();

    LaneState.SlowDown slow = state.slowDown().orElseThrow();
    assertEquals(Rig.START, slow.told());
    assertEquals(Duration.ofSeconds(1), slow.interval());
    assertEquals(Optional.of(Rig.START.plusSeconds(1)), state.next());
    assertEquals(
        "to mx1: 0 of 1 session at a time; slowed down to one in 1000 ms, last told at "
            + "2026-03-01T00:00:00Z to go slower; the next may begin at 2026-03-01T00:00:01Z",
        state.words());
  }

  @Test
  void rateThatIsUsedUp_saysWhenTheNextMayBegin() {
    RateLimit limit = RateLimit.messages("example.org", new Rate(1, Duration.ofMinutes(1)));
    rig.limits = new Limits(4, 2, 2, Duration.ofMinutes(30), List.of(limit));
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", relays());
    rig.submit("bob@shop.example", "ann@example.org");
    Machinery machinery = rig.machinery();
    machinery.claims().round();
    rig.advance(Duration.ofSeconds(20));

    assertEquals(Optional.of(Rig.START.plusSeconds(60)), state(machinery).orElseThrow().next());
    rig.advance(Duration.ofSeconds(40));
    assertEquals(Optional.empty(), state(machinery).orElseThrow().next());
  }
}
