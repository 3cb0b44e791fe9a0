package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mxrelay.smtp.engine.ScriptedTransport.refuses;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.queue.Outcome.End;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.QueueEntry.State;

/** Failures that are kept for a person in place of ending. */
class HoldRuleTest {

  private final Rig rig = new Rig();

  private void refuseAll(int code, String text) {
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", refuses(Stage.RCPT, code, text));
    rig.submit("bob@shop.example", "ann@example.org");
  }

  private List<String> held() {
    return rig.entries().stream()
        .filter(e -> e.state() == State.HELD)
        .map(QueueEntry::why)
        .toList();
  }

  @Test
  void failureThatTheRuleKeeps_isHeldAndNobodyIsTold() {
    rig.holds = (delivery, heard) -> Optional.of("kept: " + heard.reply());
    refuseAll(550, "5.1.1 who?");

    rig.run();

    assertEquals(List.of("kept: 550 5.1.1 who?"), held());
    assertEquals(List.of(), rig.events.outcomes);
    assertEquals(1, rig.entries().size(), "no report was made");
  }

  @Test
  void expiryThatTheRuleKeeps_isHeldToo() {
    rig.holds = (delivery, heard) -> Optional.of("kept");
    refuseAll(451, "4.3.0 not now");

    rig.run();
    rig.advance(Duration.ofDays(1));
    rig.run();

    assertEquals(List.of("kept"), held());
  }

  @Test
  void failureThatTheRuleLetsGo_ends() {
    rig.holds = (delivery, heard) -> Optional.empty();
    refuseAll(550, "5.1.1 who?");

    rig.run();

    assertEquals(End.BOUNCED, rig.events.outcomes.get(0).outcome());
  }

  @Test
  void transientRefusal_isNoMatterOfTheRule() {
    rig.holds = (delivery, heard) -> Optional.of("kept");
    refuseAll(451, "4.3.0 not now");

    rig.run();

    assertEquals(List.of(), held());
  }

  @Test
  void ruleThatThrows_holds() {
    rig.holds =
        (delivery, heard) -> {
          throw new IllegalStateException("rule");
        };
    refuseAll(550, "5.1.1 who?");

    rig.run();

    assertEquals(List.of("the hold rule failed: IllegalStateException"), held());
  }
}
