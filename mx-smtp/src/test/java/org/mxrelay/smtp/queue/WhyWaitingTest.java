package org.mxrelay.smtp.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.ReversePath;
import org.mxrelay.smtp.queue.Explanation.Reason;
import org.mxrelay.smtp.queue.Explanation.Waiting;
import org.mxrelay.smtp.queue.QueueEntry.State;
import org.mxrelay.smtp.testkit.QueueMail;

final class WhyWaitingTest {

  private static final Optional<String> PAUSED = Optional.of("the relay is paused");

  private final Delivery delivery =
      Delivery.first(
          7,
          QueueMail.submission("m", NOON, "ann@x.example"),
          List.of(
              OpenRecipient.of(
                  QueueMail.submission("m", NOON, "ann@x.example")
                      .envelope()
                      .recipients()
                      .get(0))));

  private Waiting why(State state, String held, Instant due, Optional<Instant> postponed) {
    QueueEntry entry = new QueueEntry(delivery.withDue(due), state, held);
    return WhyWaiting.of(entry, NOON, postponed, PAUSED);
  }

  @Test
  void toldOfTheDelay_isAFactOnlyIfSomebodyWantedToKnow() {
    assertEquals(
        "  the sender was told of the delay at " + NOON,
        WhyWaiting.facts(noticed(ReversePath.parse("bob@shop.example"))).get(0));
    assertEquals(1, WhyWaiting.facts(noticed(ReversePath.NULL)).size(), "the recipient alone");
  }

  private Delivery noticed(ReversePath from) {
    return new Delivery(
        7,
        delivery.submission(),
        delivery.destination(),
        from,
        delivery.options(),
        delivery.open(),
        delivery.facts(),
        NOON,
        NOON,
        0,
        Optional.empty(),
        Optional.of(NOON));
  }

  @Test
  void leased_isBeingAttemptedWhateverElseIs() {
    Waiting waiting = why(State.LEASED, "", NOON, Optional.of(NOON.plusSeconds(60)));
    assertEquals(Reason.ATTEMPTED, waiting.reason());
    assertEquals(Optional.empty(), waiting.next());
  }

  @Test
  void held_saysWhyAndWhatToDo() {
    Waiting waiting = why(State.HELD, "looks odd", NOON, Optional.empty());
    assertEquals(Reason.HELD, waiting.reason());
    assertEquals("held: looks odd; release or cancel it", waiting.why());
  }

  @Test
  void suspect_isAttemptedAlone() {
    Waiting waiting = why(State.QUEUED, LostLeases.waits(3), NOON, Optional.empty());
    assertEquals(Reason.ALONE, waiting.reason());
    assertTrue(waiting.why().contains("3 times"), waiting.why());
  }

  @Test
  void notDue_waitsForItsTime() {
    Instant due = NOON.plus(Duration.ofMinutes(125));
    Waiting waiting = why(State.QUEUED, "", due, Optional.empty());
    assertEquals(Reason.SCHEDULED, waiting.reason());
    assertEquals(Optional.of(due), waiting.next());
    assertEquals("waits for attempt 1 at 2026-03-01T14:05:00Z (in 2 h 5 min)", waiting.why());
  }

  @Test
  void postponedBeyondItsTime_waitsForTheDestination() {
    Instant until = NOON.plusSeconds(90);
    Waiting waiting = why(State.QUEUED, "", NOON.plusSeconds(60), Optional.of(until));
    assertEquals(Reason.POSTPONED, waiting.reason());
    assertEquals(Optional.of(until), waiting.next());
    assertTrue(waiting.why().contains("(in 1 min 30 s)"), waiting.why());
  }

  @Test
  void postponedForLessThanItsTime_waitsForItsTime() {
    Waiting waiting =
        why(State.QUEUED, "", NOON.plusSeconds(90), Optional.of(NOON.plusSeconds(60)));
    assertEquals(Reason.SCHEDULED, waiting.reason());
  }

  @Test
  void dueWithAnObstacle_saysIt() {
    Waiting waiting = why(State.QUEUED, "", NOON.minusSeconds(5), Optional.empty());
    assertEquals(Reason.NO_ROOM, waiting.reason());
    assertEquals(
        "due since 2026-03-01T11:59:55Z (5 s ago), but the relay is paused", waiting.why());
  }

  @Test
  void dueWithoutAny_waitsForItsTurn() {
    QueueEntry entry = new QueueEntry(delivery, State.QUEUED, "");
    Waiting waiting = WhyWaiting.of(entry, NOON, Optional.empty(), Optional.empty());
    assertEquals(Reason.ITS_TURN, waiting.reason());
    assertEquals(Optional.of(NOON), waiting.next());
  }

  @Test
  void whatWasHeard_isToldOfEachRecipient() {
    OpenRecipient heard =
        new OpenRecipient(delivery.open().get(0).recipient(), Optional.of(QueueMail.OK));
    List<String> lines = WhyWaiting.facts(delivery.withOpen(List.of(heard)));
    assertEquals(
        List.of(
            "  ann@x.example, 0 attempts: mx.example.org at end-of-data 2.0.0 (other):"
                + " 250 2.0.0 taken as 4711"),
        lines);
    assertEquals(
        List.of("  ann@x.example, 0 attempts: nothing was heard of this recipient yet"),
        WhyWaiting.facts(delivery));
  }
}
