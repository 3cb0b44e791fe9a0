package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.queue.Outcome.End;

/** Outcomes that are stored together. */
class SettleLineTest {

  private final Rig rig = new Rig();
  private final List<Runnable> handed = new ArrayList<>();

  @BeforeEach
  void routes() {
    rig.limits = Rig.limits(8, 8);
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", relays());
  }

  /** Those that end while the first one is stored share the next call of the store. */
  @Test
  void outcomesThatComeTogether_shareOneCall() {
    submit(5);
    Machinery machinery = Machinery.of(rig.parts(), handed::add);
    machinery.claims().round();
    rig.queue.whileSettling(() -> handed.subList(1, 5).forEach(Runnable::run));

    handed.get(0).run();

    assertEquals(List.of(1, 4), rig.queue.settledTogether);
    assertEquals(5, rig.events.outcomes.size());
    assertEquals(0, machinery.lanes().underWay());
  }

  @Test
  void oneThatCannotBeStored_stopsNoneOfTheOthers() {
    submit(5);
    Machinery machinery = Machinery.of(rig.parts(), handed::add);
    machinery.claims().round();
    rig.queue.whileSettling(() -> handed.subList(1, 5).forEach(Runnable::run));
    rig.queue.refuses("r3@example.org");

    handed.get(0).run();

    assertEquals(4, rig.events.outcomes.stream().filter(o -> o.outcome() == End.RELAYED).count());
    assertTrue(rig.events.lines.contains("lease lost"), rig.events.lines.toString());
    assertEquals(0, machinery.lanes().underWay());
  }

  /** When the store fails altogether, asking for each outcome would only take its time. */
  @Test
  void storeThatFailsForAll_isAskedForTwoOfThemBeforeThePause() {
    submit(8);
    Machinery machinery = Machinery.of(rig.parts(), handed::add);
    machinery.claims().round();
    rig.queue.whileSettling(
        () -> {
          handed.subList(1, 8).forEach(Runnable::run);
          rig.queue.settleFailures.set(3);
        });

    handed.get(0).run();

    assertEquals(List.of(Duration.ofMillis(100)), rig.pauses);
    assertEquals(8, rig.events.outcomes.size());
  }

  private void submit(int count) {
    for (int i = 0; i < count; i++) {
      rig.submit("bob@shop.example", "r" + i + "@example.org");
    }
  }
}
