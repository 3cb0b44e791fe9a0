package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.transport.RecipientResult.Refused;

/** What the store does beside a settlement's word is heard too. */
class StoreDecidesTest {

  private final Rig rig = new Rig();

  @Test
  void cancelledWhileAttempted_endsAndIsHeard() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", deferringWhile(() -> rig.queue.real.cancel(all(), Rig.START)));
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(List.of("attempted 1 mx1", "cancelled ann@example.org"), rig.events.lines);
  }

  @Test
  void heldWhileAttempted_isHeardAsHeldAndNotAsDeferred() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", deferringWhile(() -> rig.queue.real.hold(all(), "why", Rig.START)));
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(List.of("attempted 1 mx1", "held ann@example.org"), rig.events.lines);
  }

  @Test
  void relayedAndThenCancelled_isHeardAsRelayed() {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at(
        "mx1",
        t -> {
          rig.queue.real.cancel(all(), Rig.START);
          return relays().play(t);
        });
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(List.of("attempted 1 mx1", "relayed ann@example.org"), rig.events.lines);
  }

  @Test
  void lostAloneAgain_isHeardAsHeldByTheStore() {
    rig.submit("bob@shop.example", "ann@example.org");
    for (int i = 0; i < 4; i++) {
      ClaimRequest another =
          new ClaimRequest(rig.clock.instant(), LeaseKeeper.LEASE, 9, 9, Set.of());
      assertEquals(1, rig.queue.real.claim(another).size());
      rig.advance(LeaseKeeper.LEASE);
    }

    assertEquals(0, rig.run());

    assertEquals(List.of("held by the store"), rig.events.lines);
    assertTrue(rig.transport.seen.isEmpty());
  }

  private ScriptedTransport.Script deferringWhile(Runnable people) {
    return ScriptedTransport.each(
        r -> {
          people.run();
          return new Refused(Stage.RCPT, Reply.of(450, "4.2.0 not now"));
        });
  }

  private static Selection all() {
    return new Selection.All();
  }
}
