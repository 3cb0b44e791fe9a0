package org.mxrelay.examples.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.backup.ContentFilter;
import org.mxrelay.smtp.backup.FilterVerdict;
import org.mxrelay.smtp.backup.HeaderField;
import org.mxrelay.smtp.backup.SenderTrust;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ReceivedMessage;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.testkit.TestCertificate;

class GatewayTest {

  private static final String LETTER = "Subject: hi\r\nFrom: bob@client.test\r\n\r\nHello\r\n";

  @Test
  void primaryUp_takesItWhileTheClientWaits() throws Exception {
    try (BackupHouse house = BackupHouse.open();
        Dialogue client = house.client()) {
      assertTrue(client.mail("ann@example.org", LETTER).startsWith("250 "));
      List<ReceivedMessage> arrived = house.primary.messages();
      assertEquals(1, arrived.size());
      assertTrue(arrived.get(0).text().endsWith(LETTER), arrived.get(0)::text);
      assertTrue(arrived.get(0).text().startsWith("Received: from client.test"));
      assertEquals(0, house.backup.status().backlog().messages());
    }
  }

  @Test
  void primaryRefusesARecipient_itsWordsAreTheReply() throws Exception {
    try (BackupHouse house = BackupHouse.open();
        Dialogue client = house.client()) {
      house.primary.on(
          Step.RCPT,
          Behaviour.replyTo(a -> a.startsWith("ann@") ? "" : "550 5.1.1 nobody of that name"));
      client.say("MAIL FROM:<bob@client.test>");
      assertEquals("550 5.1.1 nobody of that name", client.say("RCPT TO:<zoe@example.org>"));
      assertTrue(client.say("RCPT TO:<ann@example.org>").startsWith("250 "));
    }
  }

  @Test
  void primaryRefusesTheMessage_severalLinesAreTheReplyAndTheNextIsTaken() throws Exception {
    try (BackupHouse house = BackupHouse.open();
        Dialogue client = house.client()) {
      house.primary.on(
          Step.END_OF_DATA,
          Behaviour.reply("554-5.7.1 This looks", "554 5.7.1 like spam"),
          Behaviour.normal());
      assertEquals(
          "554-5.7.1 This looks\n554 5.7.1 like spam", client.mail("ann@example.org", LETTER));
      // Without RSET: the refusal ended the transaction.
      assertTrue(client.mail("ann@example.org", LETTER).startsWith("250 "));
      assertEquals(1, house.primary.messages().size());
    }
  }

  @Test
  void primaryDown_unknownRecipientsComeBackAndOthersAreNotOurs() throws Exception {
    try (BackupHouse house = BackupHouse.open();
        Dialogue client = house.client()) {
      house.primary.stop();
      assertTrue(client.mail("ann@example.org", LETTER).startsWith("450 4.1.1 "));
      assertTrue(client.mail("ann@elsewhere.example", LETTER).startsWith("550 5.7.1 "));
    }
  }

  @Test
  void primaryDown_knownRecipientIsQueuedAndForwardedWhenItIsBack() throws Exception {
    try (BackupHouse house = BackupHouse.open();
        Dialogue client = house.client()) {
      assertTrue(client.mail("ann@example.org", LETTER).startsWith("250 "));
      house.primary.stop();
      String queued = client.mail("ann@example.org", LETTER.replace("hi", "again"));
      assertTrue(queued.startsWith("250 2.0.0 Ok: queued as "), queued);
      house.primary.restart();
      List<ReceivedMessage> arrived = house.primary.awaitMessages(2, Duration.ofSeconds(30));
      assertTrue(arrived.get(1).text().contains("Subject: again"));
    }
  }

  @Test
  void pipelined_isAnsweredInOrderAndNothingIsLost() throws Exception {
    try (BackupHouse house = BackupHouse.open();
        Dialogue client = house.client()) {
      client.send(
          "MAIL FROM:<bob@client.test>\r\nRCPT TO:<ann@example.org>\r\nDATA\r\n"
              + LETTER
              + ".\r\n"
              + "MAIL FROM:<>\r\nRCPT TO:<ann@example.org>\r\nDATA\r\n"
              + LETTER
              + ".\r\nQUIT\r\n");
      for (String expected : "250 250 354 250 250 250 354 250 221".split(" ")) {
        assertEquals(expected, client.reply().substring(0, 3));
      }
      assertEquals(2, house.primary.messages().size());
    }
  }

  @Test
  void smuggledEnd_isContent() throws Exception {
    try (BackupHouse house = BackupHouse.open();
        Dialogue client = house.client()) {
      String smuggled = "Subject: x\r\n\r\n\n.\r\nMAIL FROM:<admin@example.org>\r\n";
      assertTrue(client.mail("ann@example.org", smuggled).startsWith("250 "));
      assertTrue(client.say("NOOP").startsWith("250 "));
      assertEquals(1, house.primary.messages().size());
    }
  }

  @Test
  void startTls_forgetsWhatWasSaidBefore() throws Exception {
    try (BackupHouse house = BackupHouse.open();
        Dialogue client = house.client()) {
      client.say("MAIL FROM:<bob@client.test>");
      assertTrue(client.say("STARTTLS").startsWith("220 "));
      client.secure(TestCertificate.of("mx2.example.org").trustingContext());
      assertTrue(client.say("MAIL FROM:<bob@client.test>").startsWith("503 "));
      String offers = client.say("EHLO client.test");
      assertFalse(offers.contains("STARTTLS"), offers);
      assertTrue(client.say("STARTTLS").startsWith("503 "));
      assertTrue(client.mail("ann@example.org", LETTER).startsWith("250 "));
      assertTrue(house.primary.messages().get(0).text().contains("with ESMTPS"));
    }
  }

  @Test
  void plaintextBehindStartTls_isNeverACommand() throws Exception {
    try (BackupHouse house = BackupHouse.open();
        Dialogue client = house.client()) {
      client.send("STARTTLS\r\nNOOP\r\n");
      assertTrue(client.reply().startsWith("220 "));
      assertFalse(client.reply().startsWith("250"), "the injected NOOP was answered");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MAIL FROM:<bob@client.test> SIZE=999999999999,     552",
    "MAIL FROM:<bob@client.test> SIZE=99999999999999999999, 552",
    "MAIL FROM:<bob@client.test> BODY=8BITMIME SIZE=100, 250",
    "MAIL FROM:<bob@client.test> RET=HDRS,              555",
    "MAIL FROM:<bob@client.test> BODY=BINARYMIME,       501",
    "MAIL FROM:bob@client.test,                         501",
    "MAIL FROM:<bob>,                                   553",
    "RCPT TO:<ann@example.org>,                         503",
    "DATA,                                              503",
    "BDAT 5 LAST,                                       502",
    "AUTH PLAIN,                                        502",
    "VRFY ann,                                          252",
    "EHLO,                                              501",
    "ETRN,                                              501",
    "FOO,                                               500",
  })
  void line_code(String line, String code) throws Exception {
    try (BackupHouse house = BackupHouse.open();
        Dialogue client = house.client()) {
      assertEquals(code, client.say(line).substring(0, 3));
    }
  }

  @Test
  void tooLarge_isReadToItsEndAndRefused() throws Exception {
    try (BackupHouse house = BackupHouse.limited(l -> l.withSize(1_000));
        Dialogue client = house.client()) {
      String large = LETTER + ("x".repeat(98) + "\r\n").repeat(20);
      assertTrue(client.mail("ann@example.org", large).startsWith("552 5.3.4"));
      assertTrue(client.mail("ann@example.org", LETTER).startsWith("250 "));
      assertEquals(1, house.primary.messages().size());
    }
  }

  @Test
  void dotsAndEightBits_arriveAsSent() throws Exception {
    try (BackupHouse house = BackupHouse.open();
        Dialogue client = house.client()) {
      String letter = "Subject: x\r\n\r\n..\r\n..two\r\n\u00e9\u00ff\r\n";
      client.mail("ann@example.org", letter);
      byte[] arrived = house.primary.messages().get(0).data();
      byte[] sent = letter.replace("\r\n.", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
      assertArrayEquals(
          sent,
          java.util.Arrays.copyOfRange(arrived, arrived.length - sent.length, arrived.length));
    }
  }

  @Test
  void tooManyFromOneAddress_areToldToComeBack() throws Exception {
    try (BackupHouse house = BackupHouse.limited(l -> l.withConnections(10, 1));
        Dialogue first = house.client();
        Dialogue second = Dialogue.to(house.gateway.address())) {
      assertTrue(second.reply().startsWith("421 "));
      assertTrue(first.say("NOOP").startsWith("250 "));
    }
  }

  @Test
  void tooManyErrors_endTheSession() throws Exception {
    try (BackupHouse house = BackupHouse.open();
        Dialogue client = house.client()) {
      for (int i = 0; i < 20; i++) {
        assertTrue(client.say("DATA").startsWith("503 "));
      }
      assertTrue(client.reply().startsWith("421 4.7.0"));
      assertEquals("", client.reply());
    }
  }

  @Test
  void drippingClient_isCutOffInTime() throws Exception {
    try (BackupHouse house =
            BackupHouse.limited(
                l -> l.withPatience(Duration.ofMillis(500), Duration.ofMinutes(1)));
        Dialogue client = house.client()) {
      long begun = System.nanoTime();
      client.send("NOO");
      assertFalse(client.reply().startsWith("250"));
      assertTrue(System.nanoTime() - begun < Duration.ofSeconds(15).toNanos());
    }
  }

  @Test
  void queueThatCannotTakeIt_isAnHonest451() throws Exception {
    AtomicBoolean full = new AtomicBoolean();
    try (BackupHouse house = BackupHouse.on(failing(full), role -> role);
        Dialogue client = house.client()) {
      assertTrue(client.mail("ann@example.org", LETTER).startsWith("250 "));
      house.primary.stop();
      full.set(true);
      assertTrue(client.mail("ann@example.org", LETTER).startsWith("451 "));
      full.set(false);
      assertTrue(client.mail("ann@example.org", LETTER).startsWith("250 2.0.0 Ok: queued as "));
      house.primary.restart();
      assertEquals(2, house.primary.awaitMessages(2, Duration.ofSeconds(30)).size());
    }
  }

  @Test
  void filter_hasItsWordBeforeThePrimary() throws Exception {
    ContentFilter filter =
        message ->
            new String(message.source().open().readAllBytes(), StandardCharsets.ISO_8859_1)
                    .contains("buy")
                ? new FilterVerdict.Refuse(Reply.of(554, "5.7.1 no thanks"))
                : new FilterVerdict.Accept(
                    SenderTrust.UNKNOWN, List.of(new HeaderField("X-Seen", "yes")));
    try (BackupHouse house =
            BackupHouse.on(InMemoryQueue.create(), role -> role.contentFilter(filter));
        Dialogue client = house.client()) {
      assertEquals("554 5.7.1 no thanks", client.mail("ann@example.org", LETTER + "buy\r\n"));
      assertTrue(client.mail("ann@example.org", LETTER).startsWith("250 "));
      assertEquals(1, house.primary.messages().size());
      assertTrue(house.primary.messages().get(0).text().contains("X-Seen: yes\r\n"));
    }
  }

  /** A queue in memory that takes nothing while it is full. */
  private static DeliveryQueue failing(AtomicBoolean full) {
    InMemoryQueue queue = InMemoryQueue.create();
    return (DeliveryQueue)
        Proxy.newProxyInstance(
            GatewayTest.class.getClassLoader(),
            new Class<?>[] {DeliveryQueue.class, QueueAdmin.class},
            (proxy, method, arguments) -> {
              if (full.get() && method.getName().equals("add")) {
                throw new QueueException("the disk is full");
              }
              try {
                return method.invoke(queue, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void closed_idleClientsHearItAndTheOneBeingServedIsAnswered() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    try (BackupHouse house = BackupHouse.open();
        Dialogue idle = house.client();
        Dialogue served = house.client()) {
      house.primary.on(
          Step.END_OF_DATA,
          turn -> {
            asked.countDown();
            answer.await(10, TimeUnit.SECONDS);
            turn.normal();
          });
      served.say("MAIL FROM:<bob@client.test>");
      served.say("RCPT TO:<ann@example.org>");
      served.say("DATA");
      served.send(LETTER + ".\r\n");
      assertTrue(asked.await(10, TimeUnit.SECONDS));
      Thread closing = new Thread(house.gateway::close);
      closing.start();
      assertTrue(idle.reply().startsWith("421 4.3.2"));
      answer.countDown();
      assertTrue(served.reply().startsWith("250 "));
      assertTrue(served.reply().startsWith("421 4.3.2"));
      closing.join(20_000);
      assertFalse(closing.isAlive());
    }
  }
}
