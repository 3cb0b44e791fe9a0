package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.LastByteGate;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.Refused;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.smtp.transport.Transport;

/**
 * What every {@link Transport} must do, whatever it speaks. A test class of a transport implements
 * this interface and inherits its tests; one that speaks SMTP implements {@link
 * SmtpTransportContract}, which has more.
 */
public interface TransportContract extends TransportFixture {

  /** A new receiving side for the transport, which the contract closes. */
  ReceivingSide receivingSide();

  @Test
  default void message_arrivesByteForByteWithItsEnvelope() throws Exception {
    try (ReceivingSide side = receivingSide();
        Transport transport = open()) {
      String text = "Subject: dots\r\n\r\n.\r\n..two\r\n\u00e4 8 bit\r\n";
      AttemptResult result =
          transport.attempt(
              Transactions.to(side.route(), "ann@y.example", "bob@y.example")
                  .message(text)
                  .plain());
      results(result).forEach((r, one) -> assertInstanceOf(Answered.class, one, r));
      assertEquals(2, result.results().size());
      assertEquals(LastByte.SENT, result.session().lastByte());
      assertEquals(
          List.of(
              new ReceivingSide.Taken(
                  "sender@shop.example", List.of("ann@y.example", "bob@y.example"), text)),
          side.taken());
    }
  }

  @Test
  default void nullReversePath_arrivesAsSuch() throws Exception {
    try (ReceivingSide side = receivingSide();
        Transport transport = open()) {
      transport.attempt(
          Transactions.to(side.route(), "ann@y.example")
              .envelope(Envelope.from("").to("ann@y.example"))
              .plain());
      assertEquals("", side.taken().get(0).reversePath());
    }
  }

  @Test
  default void oneRecipientRefused_changesNothingForTheOthers() throws Exception {
    try (ReceivingSide side = receivingSide();
        Transport transport = open()) {
      side.refuse("bob@y.example");
      Map<String, RecipientResult> results =
          results(
              transport.attempt(
                  Transactions.to(side.route(), "ann@y.example", "bob@y.example", "cy@y.example")
                      .plain()));
      assertInstanceOf(Answered.class, results.get("ann@y.example"));
      assertTrue(
          assertInstanceOf(Refused.class, results.get("bob@y.example")).reply().isPermanent());
      assertInstanceOf(Answered.class, results.get("cy@y.example"));
      assertEquals(List.of("ann@y.example", "cy@y.example"), side.taken().get(0).recipients());
    }
  }

  @Test
  default void allRefused_nothingIsSent() throws Exception {
    try (ReceivingSide side = receivingSide();
        Transport transport = open()) {
      side.refuse("ann@y.example");
      AttemptResult result =
          transport.attempt(
              Transactions.to(side.route(), "ann@y.example")
                  .gate(
                      () -> {
                        throw new AssertionError("the gate was asked for nobody");
                      })
                  .plain());
      assertInstanceOf(Refused.class, results(result).get("ann@y.example"));
      assertEquals(LastByte.NOT_SENT, result.session().lastByte());
      assertEquals(List.of(), side.taken());
    }
  }

  @Test
  default void shutReceiver_isBrokenBeforeTheLastByte() throws Exception {
    try (ReceivingSide side = receivingSide();
        Transport transport = open()) {
      side.shut();
      AttemptResult result =
          transport.attempt(Transactions.to(side.route(), "ann@y.example").plain());
      assertInstanceOf(Broken.class, results(result).get("ann@y.example"));
      assertEquals(LastByte.NOT_SENT, result.session().lastByte());
    }
  }

  @Test
  default void gate_isAskedOnceWhileNothingIsTaken() throws Exception {
    try (ReceivingSide side = receivingSide();
        Transport transport = open()) {
      List<Integer> takenWhenAsked = new ArrayList<>();
      transport.attempt(
          Transactions.to(side.route(), "ann@y.example", "bob@y.example")
              .gate(
                  () -> {
                    takenWhenAsked.add(side.taken().size());
                    return LastByteGate.Answer.GO;
                  })
              .plain());
      assertEquals(List.of(0), takenWhenAsked);
      assertEquals(1, side.taken().size());
    }
  }

  @Test
  default void closedGate_keepsTheMessageFromBeingTaken() throws Exception {
    try (ReceivingSide side = receivingSide();
        Transport transport = open()) {
      AttemptResult result =
          transport.attempt(
              Transactions.to(side.route(), "ann@y.example")
                  .gate(() -> LastByteGate.Answer.STOP)
                  .plain());
      assertInstanceOf(Broken.class, results(result).get("ann@y.example"));
      assertEquals(LastByte.NOT_SENT, result.session().lastByte());
      assertEquals(List.of(), side.taken());
    }
  }

  @Test
  default void unreadableMessage_isBrokenBeforeTheLastByte() throws Exception {
    try (ReceivingSide side = receivingSide();
        Transport transport = open()) {
      Transaction readable = Transactions.to(side.route(), "ann@y.example").plain();
      AttemptResult result =
          transport.attempt(
              new Transaction(
                  readable.route(),
                  readable.tls(),
                  readable.envelope(),
                  () -> {
                    throw new IOException("disk gone");
                  },
                  readable.facts(),
                  readable.gate()));
      Broken broken = assertInstanceOf(Broken.class, results(result).get("ann@y.example"));
      assertTrue(broken.cause().contains("disk gone"), broken.cause());
      assertEquals(LastByte.NOT_SENT, result.session().lastByte());
      assertEquals(List.of(), side.taken());
    }
  }

  @Test
  default void interruptBeforeTheAttempt_isNotSwallowed() {
    try (ReceivingSide side = receivingSide();
        Transport transport = open()) {
      Thread.currentThread().interrupt();
      assertThrows(
          InterruptedException.class,
          () -> transport.attempt(Transactions.to(side.route(), "ann@y.example").plain()));
      assertFalse(Thread.currentThread().isInterrupted(), "the exception says it");
      assertEquals(List.of(), side.taken());
    }
  }

  @Test
  default void transaction_leavesNothingToTheNext() throws Exception {
    try (ReceivingSide side = receivingSide();
        Transport transport = open()) {
      transport.attempt(Transactions.to(side.route(), "ann@y.example").message("one\r\n").plain());
      transport.attempt(
          Transactions.to(side.route(), "never@y.example")
              .gate(() -> LastByteGate.Answer.STOP)
              .plain());
      transport.attempt(
          Transactions.to(side.route(), "bob@y.example")
              .envelope(Envelope.from("").to("bob@y.example"))
              .message("two\r\n")
              .plain());
      assertEquals(
          List.of(
              new ReceivingSide.Taken("sender@shop.example", List.of("ann@y.example"), "one\r\n"),
              new ReceivingSide.Taken("", List.of("bob@y.example"), "two\r\n")),
          side.taken());
    }
  }

  /** The results by the recipients' addresses. */
  static Map<String, RecipientResult> results(AttemptResult of) {
    Map<String, RecipientResult> results = new TreeMap<>();
    of.results().forEach((recipient, result) -> results.put(recipient.toString(), result));
    return results;
  }
}
