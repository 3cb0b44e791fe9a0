package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.engine.ScriptedTransport.breaks;
import static org.mxrelay.smtp.engine.ScriptedTransport.refuses;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;
import static org.mxrelay.smtp.engine.ScriptedTransport.swallows;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Fallthrough;
import org.mxrelay.smtp.queue.Delivery.Uncertainty;

class UncertainTest {

  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Rig rig = new Rig();

  @Test
  void g6_uncertain_waitsAndReturnsToTheSameExchangeFirst() {
    rig.router.to("example.org", "10 mx1, 10 mx2, 20 backup");
    rig.transport
        .at("mx1", breaks(Stage.CONNECT), refuses(Stage.RCPT, 450, "4.3.0 busy"))
        .at("mx2", swallows(), relays());
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(List.of("mx1", "mx2"), rig.transport.exchanges());
    assertTrue(rig.events.lines.contains("uncertain ann@example.org"));
    assertEquals(Optional.of(new Uncertainty("mx2", 10, Rig.START)), rig.onlyPending().uncertain());
    assertEquals(PATIENCE, rig.runNext());
    assertEquals(List.of("mx1", "mx2", "mx2"), rig.transport.exchanges());
    assertTrue(rig.events.lines.contains("relayed ann@example.org"));
  }

  @Test
  void g6_uncertain_neverAnotherExchangeInThatAttemptWhateverTheRule() {
    rig.fallthrough = Fallthrough.ANY;
    rig.router.to("example.org", "10 mx1, 10 mx2, 20 backup");
    rig.transport.at("mx1", swallows());
    rig.submit("bob@shop.example", "ann@example.org");

    rig.advance(Duration.ofHours(23));
    rig.run();

    assertEquals(List.of("mx1"), rig.transport.exchanges());
  }

  @Test
  void g6_uncertain_sendsTheSameBytesAgain() throws IOException {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", swallows(), relays());
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();
    rig.runNext();

    assertEquals(List.of(Rig.TEXT, Rig.TEXT), List.of(text(0), text(1)));
  }

  @Test
  void afterUncertain_noWorsePreferenceForFourHours() {
    rig.router.to("example.org", "10 mx1, 20 backup");
    rig.transport.at("mx1", swallows(), breaks(Stage.CONNECT)).at("backup", relays());
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();
    while (rig.clock.instant().isBefore(Rig.START.plus(Duration.ofHours(4)))) {
      assertTrue(
          rig.transport.exchanges().stream().allMatch("mx1"::equals),
          rig.transport.exchanges().toString());
      rig.runNext();
    }

    assertEquals("backup", rig.transport.exchanges().get(rig.transport.seen.size() - 1));
  }

  @Test
  void uncertainForSomeRecipientsOnly_endsTheOthers() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at(
        "mx1",
        t -> {
          assertEquals(org.mxrelay.smtp.transport.LastByteGate.Answer.GO, t.gate().ask());
          return ScriptedTransport.uncertainFor("ann").play(t);
        });
    rig.submit("<>", "ann@example.org", "gone@example.org");

    rig.run();

    assertEquals(
        List.of(
            "attempted 1 mx1",
            "uncertain ann@example.org",
            "deferred ann@example.org",
            "bounced gone@example.org"),
        rig.events.lines);
  }

  @Test
  void transportThrowsAfterTheLastByte_isUncertain() {
    rig.router.to("example.org", "10 mx1, 10 mx2");
    rig.transport.at(
        "mx1",
        t -> {
          t.gate().ask();
          throw new IllegalStateException("a bug");
        });
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(
        List.of("uncertain ann@example.org", "deferred ann@example.org"), rig.events.lines);
    assertEquals(PATIENCE, rig.runNext());
  }

  private String text(int index) throws IOException {
    try (var in = rig.transport.seen.get(index).message().open()) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
    }
  }
}
