package org.mxrelay.smtp.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.backup.BackupRig.LONG;
import static org.mxrelay.smtp.backup.BackupRig.TEXT;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;
import org.mxrelay.address.ReversePath;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.backup.Alarm.Kind;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.testkit.FakeMxResolver;

/** Which senders are told what, and what is kept for a person. */
class TellingTest {

  private final BackupRig rig = new BackupRig();
  private final BlockingQueue<RelayEvent.Delayed> delayed = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    rig.close();
  }

  /** The filter vouches for the senders of those messages in whose text it finds "vouched". */
  private void start(PrimaryState state) throws InterruptedException {
    rig.options
        .resolver(FakeMxResolver.of("shop.example MX SERVFAIL", rig.clock))
        .unknownRecipients(UnknownRecipients.ACCEPT)
        .contentFilter(
            m -> {
              String text = new String(m.source().open().readAllBytes(), StandardCharsets.UTF_8);
              return new FilterVerdict.Accept(
                  text.contains("vouched") ? SenderTrust.VOUCHED : SenderTrust.UNKNOWN, List.of());
            })
        .relayListener(new Delays(delayed));
    rig.startWith(state);
  }

  private void take(int number, String words) throws InterruptedException {
    String text = TEXT.replace("<1@", "<" + number + "@") + words + "\r\n";
    assertTrue(rig.send(text, "ann@example.org").text().contains("queued as"));
  }

  /** What is queued for the senders, whose DNS fails. */
  private List<QueueEntry> reports() {
    return rig.queue.list(new Selection.To(Domain.of("shop.example")), 0, 100);
  }

  private RelayEvent.Delayed awaitDelayed() throws InterruptedException {
    // What is being tried is looked at a minute later.
    for (int i = 0; i < LONG.toSeconds(); i++) {
      RelayEvent.Delayed event = delayed.poll(1, TimeUnit.SECONDS);
      if (event != null) {
        return event;
      }
      rig.clock.advance(Duration.ofMinutes(1));
    }
    throw new AssertionError("nobody was told");
  }

  @Test
  void delay_isToldOnceForEachMessage() throws Exception {
    rig.options.delayNotice(Duration.ofHours(4));
    start(PrimaryState.DOWN);
    take(1, "vouched");
    rig.clock.advance(Duration.ofHours(1));
    take(2, "vouched");

    rig.clock.advance(Duration.ofHours(3));
    RelayEvent.Delayed first = awaitDelayed();
    rig.clock.advance(Duration.ofHours(1));
    RelayEvent.Delayed second = awaitDelayed();

    assertEquals("ann@example.org", first.recipient().toString());
    assertTrue(!first.submission().equals(second.submission()), "each once");
    assertEquals(2, reports().size());
    assertEquals(ReversePath.NULL, reports().get(0).delivery().reversePath());
    String report = read(reports().get(0));
    assertTrue(report.contains("Action: delayed"), report);
    assertTrue(report.contains("Will-Retry-Until: Sun, 15 Mar 2026"), report);
  }

  private String read(QueueEntry entry) throws IOException {
    return new String(
        rig.queue.message(entry.delivery().submission()).open().readAllBytes(),
        StandardCharsets.UTF_8);
  }

  @Test
  void delay_isToldNobodyWhomTheFilterDidNotVouchFor() throws InterruptedException {
    rig.options.delayNotice(Duration.ofHours(4));
    start(PrimaryState.DOWN);
    take(1, "who knows");
    take(2, "vouched");

    rig.clock.advance(Duration.ofHours(4));

    awaitDelayed();
    assertEquals(1, reports().size());
  }

  @Test
  void delay_isToldEverybodyWhereTheOwnerSaysSo() throws InterruptedException {
    rig.options.delayNotice(Duration.ofHours(4)).reporting(Reporting.EVERYBODY);
    start(PrimaryState.DOWN);
    take(1, "who knows");

    rig.clock.advance(Duration.ofHours(4));

    awaitDelayed();
    assertEquals(1, reports().size());
  }

  @Test
  void refusedAfterAll_isReportedToEverybodyWhereTheOwnerSaysSo() throws InterruptedException {
    rig.options.reporting(Reporting.EVERYBODY);
    start(PrimaryState.DOWN);
    take(1, "who knows");
    rig.primary.on(Step.RCPT, Behaviour.reply("550 5.1.1 no such user"));

    rig.comeBack();

    Outcome outcome = assertInstanceOf(Outcome.class, rig.awaitEnd());
    assertEquals(Outcome.End.BOUNCED, outcome.outcome());
    assertEquals(1, reports().size());
  }

  @Test
  void refusedAfterAll_isToldNobodyWhereTheOwnerSaysSo() throws InterruptedException {
    rig.options.reporting(Reporting.NOBODY);
    start(PrimaryState.DOWN);
    take(1, "vouched");
    rig.primary.on(Step.RCPT, Behaviour.reply("550 5.1.1 no such user"));

    rig.comeBack();

    RelayEvent.Held held = assertInstanceOf(RelayEvent.Held.class, rig.awaitEnd());
    assertTrue(held.why().contains("550 5.1.1 no such user"), held.why());
    assertEquals(List.of(), reports());
  }

  @Test
  void keep_parksWhatWasHeldForTheLongestTimeAndLosesNothing() throws InterruptedException {
    rig.options.maxHold(Duration.ofDays(2)).afterMaxHold(AfterMaxHold.KEEP);
    start(PrimaryState.DOWN);
    take(1, "vouched");

    rig.clock.advance(Duration.ofDays(2));
    rig.backup().etrn(BackupRig.address("127.0.0.1"), "example.org");

    RelayEvent.Held held = assertInstanceOf(RelayEvent.Held.class, rig.awaitEnd());
    assertTrue(held.why().startsWith("held for the longest time"), held.why());
    rig.await(BackupEvent.Raised.class, r -> r.alarm().kind() == Kind.HOLD_OVER);
    assertEquals(
        List.of(QueueEntry.State.HELD), rig.queued().stream().map(QueueEntry::state).toList());
    assertEquals(List.of(), reports());

    rig.comeBack();
    rig.queue.release(new Selection.All(), rig.clock.instant());

    assertEquals(1, rig.primary.awaitMessages(1, LONG).size());
  }

  private record Delays(BlockingQueue<RelayEvent.Delayed> all) implements RelayListener {
    @Override
    public void delayed(RelayEvent.Delayed event) {
      all.add(event);
    }
  }
}
