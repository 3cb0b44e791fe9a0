package org.mxrelay.smtp.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.backup.BackupRig.LONG;
import static org.mxrelay.smtp.backup.BackupRig.SENDER;
import static org.mxrelay.smtp.backup.BackupRig.TEXT;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.RecordedSession;
import org.mxrelay.smtp.testkit.Step;

/** What clients hear while the primary is up. */
class CutThroughTest {

  private final BackupRig rig = new BackupRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void message_isThePrimarysBeforeTheClientHearsSo() throws InterruptedException {
    rig.primary.on(Step.END_OF_DATA, Behaviour.reply("250 2.0.0 Ok: queued as 4711"));
    rig.startWith(PrimaryState.UP);

    Reply reply = rig.send(TEXT, "ann@example.org");

    assertEquals("250 2.0.0 Ok: queued as 4711", reply.printable());
    assertEquals(List.of(), rig.queued());
    String text = rig.primary.awaitMessages(1, LONG).get(0).text();
    assertTrue(
        text.startsWith(
            "Received: from mail.shop.example (mail.shop.example [192.0.2.7])\r\n"
                + "\tby mx2.example.org with ESMTP id "),
        text);
    assertTrue(text.contains(";\r\n\tSun, 1 Mar 2026 00:00:00 +0000\r\nMessage-ID: "), text);
  }

  @ParameterizedTest
  @CsvSource({
    // at, the primary says, an operator who mirrors says, one who defers says
    "MAIL, 550 5.7.1 not from you, 550, 451",
    "RCPT, 550 5.1.1 no such user, 550, 451",
    "RCPT, 450 4.2.0 greylisted, 450, 450",
    "DATA, 554 5.7.1 no, 554, 451",
    "END_OF_DATA, 554 5.7.1 spam, 554, 451",
    "END_OF_DATA, 452 4.3.1 disk full, 452, 452",
  })
  void refusal_isHandedOnInThePrimarysWords(Step at, String said, int mirrored, int deferred)
      throws InterruptedException {
    rig.primary.on(at, Behaviour.reply(said));
    rig.startWith(PrimaryState.UP);
    assertEquals(said, rig.send(TEXT, "ann@example.org").printable());
    assertEquals(mirrored, Integer.parseInt(said.substring(0, 3)));
    rig.backup().close();

    try (BackupRig other = new BackupRig()) {
      other.primary.on(at, Behaviour.reply(said));
      other.options.answer(RefusalAnswer.DEFER);
      other.startWith(PrimaryState.UP);
      Reply told = other.send(TEXT, "ann@example.org");
      assertEquals(deferred, told.code());
      assertTrue(told.text().contains(said.substring(10)), told.text());
      assertEquals(List.of(), other.queued());
    }
  }

  @Test
  void refusalOfOneRecipient_leavesTheOthers() throws InterruptedException {
    rig.primary.on(Step.RCPT, Behaviour.replyTo(a -> a.startsWith("eve@") ? "550 5.1.1 who?" : ""));
    rig.startWith(PrimaryState.UP);
    try (InboundSession session = rig.open()) {
      assertTrue(session.mail(BackupRig.from(SENDER)).isPositive());
      assertEquals(550, session.rcpt(Recipient.of("eve@example.org")).code());
      assertTrue(session.rcpt(Recipient.of("ann@example.org")).isPositive());
      assertTrue(session.data(BackupRig.message(TEXT)).isPositive());
    }
    assertEquals(List.of("ann@example.org"), rig.primary.awaitMessages(1, LONG).get(0).addresses());
  }

  @Test
  void lostReplyToTheDot_is451AndNothingIsQueued() throws InterruptedException {
    rig.primary.on(Step.END_OF_DATA, Behaviour.takeAndDrop(), Behaviour.normal());
    rig.startWith(PrimaryState.UP);

    Reply reply = rig.send(TEXT, "ann@example.org");

    assertEquals(451, reply.code());
    assertEquals(List.of(), rig.queued());
  }

  @Test
  void primaryLostBeforeTheDot_isQueuedForIt() throws InterruptedException {
    rig.primary.on(Step.DATA, Behaviour.drop(), Behaviour.normal());
    rig.startWith(PrimaryState.UP);

    Reply reply = rig.send(TEXT, "ann@example.org");

    assertTrue(reply.text().contains("queued as"), reply.text());
    assertEquals(1, rig.primary.awaitMessages(1, LONG).size());
  }

  @Test
  void envelopeOnly_asksOfRecipientsAndQueues() throws InterruptedException {
    rig.primary.on(Step.RCPT, Behaviour.replyTo(a -> a.startsWith("eve@") ? "550 5.1.1 who?" : ""));
    rig.options.cutThrough(CutThrough.ENVELOPE);
    rig.startWith(PrimaryState.UP);

    assertEquals(550, rig.send(TEXT, "eve@example.org").code());
    Reply reply = rig.send(TEXT, "ann@example.org");

    assertTrue(reply.text().contains("queued as"), reply.text());
    assertEquals(1, rig.primary.awaitMessages(1, LONG).size());
  }

  @Test
  void severalMessagesOfAClient_useOneSession() throws InterruptedException {
    rig.startWith(PrimaryState.UP);
    try (InboundSession session = rig.open()) {
      for (int i = 0; i < 3; i++) {
        String text = TEXT.replace("<1@", "<" + i + "@");
        assertTrue(rig.send(session, text, "ann@example.org").isPositive());
      }
    }
    assertEquals(3, rig.primary.awaitMessages(3, LONG).size());
    assertEquals(1, sessionsWith("DATA").size());
  }

  @Test
  void messageAfterARefusedOne_findsTheSessionReady() throws InterruptedException {
    rig.primary.on(Step.DATA, Behaviour.reply("554 5.7.1 no"), Behaviour.normal());
    rig.startWith(PrimaryState.UP);
    try (InboundSession session = rig.open()) {
      assertEquals(554, rig.send(session, TEXT, "ann@example.org").code());
      assertTrue(rig.send(session, TEXT, "bea@example.org").isPositive());
    }
    List<String> commands = sessionsWith("DATA").get(0).commands();
    assertEquals(
        List.of("DATA", "RSET"),
        commands.subList(commands.indexOf("DATA"), commands.indexOf("DATA") + 2));
    assertEquals(List.of("bea@example.org"), rig.primary.awaitMessages(1, LONG).get(0).addresses());
  }

  @Test
  void endedIdleSession_isOpenedAnew() throws InterruptedException {
    rig.primary.on(Step.MAIL, Behaviour.normal(), Behaviour.drop(), Behaviour.normal());
    rig.startWith(PrimaryState.UP);
    try (InboundSession session = rig.open()) {
      assertTrue(rig.send(session, TEXT, "ann@example.org").isPositive());
      String other = TEXT.replace("<1@", "<2@");
      Reply reply = rig.send(session, other, "ann@example.org");
      assertFalse(reply.text().contains("queued as m"), reply.text());
    }
    assertEquals(2, rig.primary.awaitMessages(2, LONG).size());
    assertEquals(List.of(), rig.queued());
  }

  @Test
  void client_isNamedByXclientWhereItIsOffered() throws InterruptedException {
    rig.primary
        .offer("XCLIENT NAME ADDR PROTO HELO")
        .on(Step.OTHER, Behaviour.reply("220 mx1.example.org ESMTP"));
    rig.startWith(PrimaryState.UP);

    assertTrue(rig.send(TEXT, "ann@example.org").isPositive());

    List<String> commands = sessionsWith("DATA").get(0).commands();
    String told =
        "XCLIENT NAME=mail.shop.example ADDR=192.0.2.7 PROTO=ESMTP HELO=mail.shop.example";
    assertTrue(commands.contains(told), commands.toString());
    assertTrue(commands.get(commands.indexOf(told) + 1).startsWith("EHLO"), commands.toString());
  }

  @Test
  void clientThatThePrimaryBars_isRefusedInItsWords() throws InterruptedException {
    rig.primary
        .offer("XCLIENT NAME ADDR PROTO HELO")
        .on(Step.OTHER, Behaviour.reply("554 5.7.1 Client host blocked"));
    rig.startWith(PrimaryState.UP);

    assertEquals("554 5.7.1 Client host blocked", rig.send(TEXT, "ann@example.org").printable());
  }

  @Test
  void clientThatCameToTheBackup_isServedOnlyWhenItComesBack() throws InterruptedException {
    rig.options.whenPrimaryUp(WhenPrimaryUp.DEFER);
    rig.startWith(PrimaryState.UP);

    assertEquals(451, rig.send(TEXT, "ann@example.org").code());
    rig.clock.advance(Duration.ofMinutes(14));
    assertEquals(451, rig.send(TEXT, "ann@example.org").code());
    rig.clock.advance(Duration.ofMinutes(1));
    assertTrue(rig.send(TEXT, "ann@example.org").isPositive());
    assertEquals(451, rig.send(TEXT, "eve@example.org").code());
  }

  @Test
  void messageThatComesAgain_isForwardedOnce() throws InterruptedException {
    rig.startWith(PrimaryState.UP);
    assertTrue(rig.send(TEXT, "ann@example.org").isPositive());

    String again = "Received: from elsewhere\r\n" + TEXT;
    assertEquals(Answers.REPEATED, rig.send(again, "ann@example.org"));
    Reply other = rig.send(TEXT, "ann@example.org", "bea@example.org");

    assertTrue(other.isPositive());
    assertEquals(List.of("bea@example.org"), rig.primary.awaitMessages(2, LONG).get(1).addresses());
    rig.clock.advance(Duration.ofHours(4));
    assertTrue(rig.send(TEXT, "ann@example.org").isPositive());
    assertEquals(3, rig.primary.awaitMessages(3, LONG).size());
  }

  private List<RecordedSession> sessionsWith(String command) {
    return rig.primary.sessions().stream().filter(s -> s.commands().contains(command)).toList();
  }
}
