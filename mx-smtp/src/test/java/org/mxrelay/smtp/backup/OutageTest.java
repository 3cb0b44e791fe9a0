package org.mxrelay.smtp.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.backup.BackupRig.LONG;
import static org.mxrelay.smtp.backup.BackupRig.TEXT;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.backup.Alarm.Kind;
import org.mxrelay.smtp.backup.RecipientMap.Knowledge;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ReceivedMessage;
import org.mxrelay.smtp.testkit.Step;

/** What becomes of mail while the primary is down, and when it is back. */
class OutageTest {

  private final BackupRig rig = new BackupRig();

  @AfterEach
  void close() {
    rig.close();
  }

  private static String text(int number) {
    return TEXT.replace("<1@", "<" + number + "@");
  }

  private void learn(String... recipients) throws InterruptedException {
    assertTrue(rig.send(text(0), recipients).isPositive());
  }

  @Test
  void knownRecipients_areTakenAndUnknownOnesComeBack() throws InterruptedException {
    rig.primary.on(
        Step.RCPT, Behaviour.replyTo(a -> a.startsWith("eve@") ? "550 5.1.1 no such user" : ""));
    rig.startWith(PrimaryState.UP);
    learn("ann@example.org");
    rig.send(text(1), "eve@example.org");
    rig.goDown();

    assertTrue(rig.send(text(2), "ann@example.org").text().contains("queued as"));
    assertEquals("550 5.1.1 no such user", rig.send(text(3), "eve@example.org").printable());
    assertEquals(Answers.UNKNOWN_NOW, rig.send(text(4), "bea@example.org"));
    assertEquals(1, rig.queued().size());
  }

  @Test
  void everybody_isTakenWhereTheOwnerSaysSo() throws InterruptedException {
    rig.options.unknownRecipients(UnknownRecipients.ACCEPT);
    rig.startWith(PrimaryState.DOWN);

    assertTrue(rig.send(TEXT, "ann@example.org").isPositive());
  }

  @Test
  void map_saysWhoExists() throws InterruptedException {
    rig.options.recipients(m -> m.localPart().equals("ann") ? Knowledge.EXISTS : Knowledge.MISSING);
    rig.startWith(PrimaryState.DOWN);

    assertTrue(rig.send(TEXT, "ann@example.org").isPositive());
    assertEquals(550, rig.send(TEXT, "eve@example.org").code());
  }

  @Test
  void otherDomains_areNeverTaken() throws InterruptedException {
    rig.options.unknownRecipients(UnknownRecipients.ACCEPT);
    rig.startWith(PrimaryState.DOWN);

    assertEquals(Answers.NOT_OURS, rig.send(TEXT, "ann@sub.example.org"));
    assertEquals(Answers.NOT_OURS, rig.send(TEXT, "ann@[127.0.0.1]"));
  }

  @Test
  void backlog_isForwardedOnceAndOldestFirst() throws InterruptedException {
    rig.options.unknownRecipients(UnknownRecipients.ACCEPT);
    rig.startWith(PrimaryState.DOWN);
    for (int i = 1; i <= 5; i++) {
      assertTrue(rig.send(text(i), "ann@example.org").isPositive());
      rig.clock.advance(Duration.ofSeconds(20));
    }
    assertEquals(5, rig.backup().status().backlog().messages());
    assertEquals(BackupRig.START, rig.backup().status().backlog().oldest().orElseThrow());

    rig.comeBack();

    assertTrue(rig.backup().relay().drain(LONG));
    List<ReceivedMessage> all = rig.primary.awaitMessages(5, LONG);
    assertEquals(5, all.size());
    // The first goes alone; those that follow go side by side.
    assertTrue(all.get(0).text().contains("<1@"), all.get(0).text());
    IntStream.rangeClosed(1, 5)
        .forEach(i -> assertTrue(all.stream().anyMatch(m -> m.text().contains("<" + i + "@"))));
    assertEquals(0, rig.backup().status().backlog().messages());
  }

  @Test
  void backlogOverOneSession_arrivesInTheOrderOfAge() throws InterruptedException {
    rig.options
        .unknownRecipients(UnknownRecipients.ACCEPT)
        .cutThrough(CutThrough.OFF)
        .forwarding(relay -> relay.laneConcurrency(1));
    rig.startWith(PrimaryState.UP);
    rig.primary.on(Step.DATA, Behaviour.reply("451 4.3.0 not now"));
    rig.send(text(1), "ann@example.org");
    rig.goDown();
    for (int i = 2; i <= 6; i++) {
      rig.clock.advance(Duration.ofSeconds(1));
      assertTrue(rig.send(text(i), "ann@example.org").isPositive());
    }
    rig.primary.behave();

    rig.comeBack();

    List<Integer> arrived =
        rig.primary.awaitMessages(6, LONG).stream().map(OutageTest::number).toList();
    assertEquals(List.of(1, 2, 3, 4, 5, 6), arrived);
  }

  private static int number(ReceivedMessage message) {
    String text = message.text();
    int at = text.indexOf("Message-ID: <") + "Message-ID: <".length();
    return Integer.parseInt(text.substring(at, text.indexOf('@', at)));
  }

  @Test
  void messageQueuedTwice_isForwardedOnce() throws InterruptedException {
    rig.options.unknownRecipients(UnknownRecipients.ACCEPT);
    rig.startWith(PrimaryState.DOWN);

    assertTrue(rig.send(TEXT, "ann@example.org").text().contains("queued as"));
    assertEquals(Answers.REPEATED, rig.send(TEXT, "ann@example.org"));
    assertEquals(1, rig.queued().size());
  }

  @Test
  void refusedAfterAll_isHeldWithThePrimarysWordsAndNobodyIsTold() throws InterruptedException {
    rig.options.unknownRecipients(UnknownRecipients.ACCEPT);
    rig.startWith(PrimaryState.DOWN);
    assertTrue(rig.send(TEXT, "eve@example.org").isPositive());
    rig.primary.on(Step.RCPT, Behaviour.reply("550 5.1.1 no such user"));

    rig.comeBack();

    RelayEvent.Held held = assertInstanceOf(RelayEvent.Held.class, rig.awaitEnd());
    assertEquals("the primary refused it after all: 550 5.1.1 no such user", held.why());
    Alarm alarm =
        rig.await(BackupEvent.Raised.class, r -> r.alarm().kind() == Kind.REFUSED_AFTER_ALL)
            .alarm();
    assertTrue(alarm.why().contains("550 5.1.1 no such user"), alarm.why());
    assertEquals(
        List.of(QueueEntry.State.HELD), rig.queued().stream().map(QueueEntry::state).toList());
  }

  @Test
  void refusedAfterAll_isReportedToASenderWhomTheFilterVouchedFor() throws InterruptedException {
    rig.options
        .unknownRecipients(UnknownRecipients.ACCEPT)
        .contentFilter(m -> new FilterVerdict.Accept(SenderTrust.VOUCHED, List.of()));
    rig.startWith(PrimaryState.DOWN);
    assertTrue(rig.send(TEXT, "eve@example.org").isPositive());
    rig.primary.on(Step.RCPT, Behaviour.reply("550 5.1.1 no such user"));

    rig.comeBack();

    Outcome outcome = assertInstanceOf(Outcome.class, rig.awaitEnd());
    assertEquals(Outcome.End.BOUNCED, outcome.outcome());
    // The report finds no shop.example in this test's DNS, but it was made, and for him.
    Outcome report = assertInstanceOf(Outcome.class, rig.awaitEnd());
    assertEquals(BackupRig.SENDER, report.recipient().toString());
  }

  @Test
  void heldForTheLongestTime_isKeptUnlessItsSenderMayBeTold() throws InterruptedException {
    rig.options.unknownRecipients(UnknownRecipients.ACCEPT).maxHold(Duration.ofDays(2));
    rig.startWith(PrimaryState.DOWN);
    assertTrue(rig.send(TEXT, "ann@example.org").isPositive());

    rig.clock.advance(Duration.ofDays(1));
    rig.await(BackupEvent.Raised.class, r -> r.alarm().kind() == Kind.HOLD_HALF_OVER);
    rig.clock.advance(Duration.ofDays(1));
    rig.backup().etrn(BackupRig.address("127.0.0.1"), "example.org");

    RelayEvent.Held held = assertInstanceOf(RelayEvent.Held.class, rig.awaitEnd());
    assertTrue(held.why().startsWith("held for the longest time"), held.why());
  }

  @Test
  void etrn_releasesForThePrimaryAlone() throws InterruptedException {
    rig.options.unknownRecipients(UnknownRecipients.ACCEPT);
    rig.startWith(PrimaryState.DOWN);
    rig.send(TEXT, "ann@example.org");
    rig.primary.restart();

    Reply stranger = rig.backup().etrn(BackupRig.address("192.0.2.7"), "example.org");
    assertEquals(459, stranger.code());
    assertEquals(459, rig.backup().etrn(BackupRig.address("127.0.0.1"), "example.net").code());
    assertEquals(501, rig.backup().etrn(BackupRig.address("127.0.0.1"), "!").code());
    assertTrue(rig.backup().etrn(BackupRig.address("127.0.0.1"), "example.org").isPositive());
    assertEquals(1, rig.primary.awaitMessages(1, LONG).size());
  }

  @Test
  void etrn_isAReasonToLookAtOnce() throws InterruptedException {
    rig.startWith(PrimaryState.DOWN);
    rig.primary.restart();

    // The clock stands still: no probe is due for 5 s, and nothing is queued that could tell.
    assertEquals(251, rig.backup().etrn(BackupRig.address("127.0.0.1"), "example.org").code());

    rig.awaitState(PrimaryState.UP);
  }

  @Test
  void uncertainHandOver_waitsThoughThePrimaryAsksForIt() throws InterruptedException {
    rig.options.unknownRecipients(UnknownRecipients.ACCEPT);
    rig.startWith(PrimaryState.DOWN);
    rig.send(TEXT, "ann@example.org");
    rig.primary.on(Step.END_OF_DATA, Behaviour.takeAndDrop(), Behaviour.normal());
    rig.comeBack();
    assertInstanceOf(RelayEvent.Uncertain.class, rig.awaitEnd());

    InetAddress there = BackupRig.address("127.0.0.1");
    assertEquals(251, rig.backup().etrn(there, "example.org").code());
    rig.clock.advance(Duration.ofMinutes(14));
    assertEquals(251, rig.backup().etrn(there, "example.org").code());
    assertEquals(1, rig.primary.messages().size());
    rig.clock.advance(Duration.ofMinutes(1));

    assertInstanceOf(Outcome.class, rig.awaitEnd());
    assertEquals(2, rig.primary.messages().size());
  }

  @Test
  void staleKnowledge_isUsedAndAskedForAgain() throws InterruptedException {
    rig.options.cutThrough(CutThrough.OFF);
    rig.startWith(PrimaryState.UP);
    learn("ann@example.org");
    rig.clock.advance(Duration.ofDays(7));
    CountDownLatch asked = new CountDownLatch(1);
    rig.primary.on(
        Step.RCPT,
        turn -> {
          if (turn.reversePath().startsWith("double-bounce@")) {
            asked.countDown();
          }
          turn.normal();
        });

    assertTrue(rig.send(text(1), "ann@example.org").isPositive());

    assertTrue(asked.await(LONG.toSeconds(), TimeUnit.SECONDS));
  }

  @Test
  void stall_isAnAlarmAndBadHealth() throws InterruptedException {
    rig.options.unknownRecipients(UnknownRecipients.ACCEPT);
    rig.startWith(PrimaryState.DOWN);
    rig.send(TEXT, "ann@example.org");
    rig.primary.on(Step.MAIL, Behaviour.reply("451 4.3.0 out of order"));
    rig.comeBack();
    assertTrue(rig.backup().status().isHealthy());

    rig.clock.advance(Duration.ofMinutes(16));

    rig.await(BackupEvent.Raised.class, r -> r.alarm().kind() == Kind.STALLED);
    assertFalse(rig.backup().status().isHealthy());
    rig.primary.behave();
    rig.clock.advance(Duration.ofMinutes(30));
    rig.backup().etrn(BackupRig.address("127.0.0.1"), "example.org");
    assertInstanceOf(Outcome.class, rig.awaitEnd());
    rig.clock.advance(Duration.ofSeconds(10));
    rig.await(BackupEvent.Cleared.class, r -> r.alarm().kind() == Kind.STALLED);
    assertTrue(rig.backup().status().isHealthy());
  }

  @Test
  void storeThatFails_acknowledgesNothing() throws InterruptedException {
    rig.options.unknownRecipients(UnknownRecipients.ACCEPT);
    rig.startWith(PrimaryState.DOWN);
    try (InboundSession session = rig.open()) {
      rig.backup().relay().close();

      assertEquals(Answers.STORE_FAILED, rig.send(session, TEXT, "ann@example.org"));
    }
    rig.await(BackupEvent.Raised.class, r -> r.alarm().kind() == Kind.STORE_FAILED);
  }
}
