package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.engine.ScriptedTransport.refuses;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.address.ReversePath;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.Bounces;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Notify;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;

class ReportsTest {

  private static final ScriptedTransport.Script BUSY =
      refuses(Stage.MAIL, 451, "4.3.0 local error");
  private static final ScriptedTransport.Script NO_SUCH_USER =
      refuses(Stage.RCPT, 550, "5.1.1 no such user");

  private final Rig rig = new Rig();

  @BeforeEach
  void routes() {
    rig.router.to("example.org", "10 mx1").to("shop.example", "10 own");
    rig.transport.at("own", relays());
  }

  @Test
  void permanentRefusal_isReportedToTheSenderFromTheNullPath() throws IOException {
    rig.transport.at("mx1", NO_SUCH_USER);
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    Submission report = rig.spawned().get(0);
    assertEquals(ReversePath.NULL, report.envelope().reversePath());
    assertEquals(List.of(Recipient.of("bob@shop.example")), report.envelope().recipients());
    String text = text(report.message());
    assertTrue(text.contains("Status: 5.1.1"), text);
    assertTrue(text.contains("ann@example.org"), text);
    assertTrue(
        rig.events.lines.containsAll(
            List.of("bounced ann@example.org", "relayed bob@shop.example")),
        rig.events.lines.toString());
  }

  @Test
  void severalFailuresOfADelivery_areOneReport() {
    rig.transport.at("mx1", NO_SUCH_USER);
    rig.submit("bob@shop.example", "ann@example.org", "joe@example.org");

    rig.run();

    assertEquals(1, rig.spawned().size());
  }

  @Test
  void nullReversePath_isNeverBouncedTo() {
    rig.transport.at("mx1", NO_SUCH_USER);
    rig.submit("<>", "ann@example.org");

    rig.run();

    assertEquals(List.of(), rig.spawned());
    assertTrue(rig.events.lines.contains("bounced ann@example.org"));
  }

  @Test
  void reportThatFails_vanishes() {
    rig.transport.at("mx1", NO_SUCH_USER).at("own", NO_SUCH_USER);
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(1, rig.spawned().size());
    assertEquals(0, rig.queue.stats().pending());
  }

  @Test
  void bouncesNone_mailsNothing() {
    rig.bounces = Bounces.NONE;
    rig.transport.at("mx1", BUSY, NO_SUCH_USER);
    rig.submit("bob@shop.example", "ann@example.org");

    rig.advance(Duration.ofHours(5));
    rig.run();
    rig.runNext();

    assertEquals(List.of(), rig.spawned());
    assertTrue(rig.events.lines.contains("bounced ann@example.org"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1",
    "FAILURE, 1",
    "FAILURE DELAY, 1",
    "SUCCESS, 0",
    "DELAY, 0",
    "NEVER, 0",
  })
  void failure_isReportedToWhoWantsToKnow(String notify, int reports) {
    rig.transport.at("mx1", NO_SUCH_USER);
    rig.submit(envelope(notify));

    rig.run();

    assertEquals(reports, rig.spawned().size());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 1",
    "DELAY, 1",
    "FAILURE DELAY, 1",
    "FAILURE, 0",
    "NEVER, 0",
  })
  void delay_isReportedOnceToWhoWantsToKnow(String notify, int reports) throws IOException {
    rig.transport.at("mx1", BUSY);
    rig.submit(envelope(notify));

    rig.run();
    while (rig.clock.instant().isBefore(Rig.START.plus(Duration.ofHours(4)))) {
      assertEquals(0, rig.spawned().size(), "too early at " + rig.clock.instant());
      rig.runNext();
    }
    rig.runNext();
    rig.runNext();

    assertEquals(reports, rig.spawned().size());
    assertEquals(reports, rig.events.lines.stream().filter(l -> l.startsWith("delayed")).count());
    for (Submission report : rig.spawned()) {
      assertTrue(text(report.message()).contains("Action: delayed"));
    }
  }

  @Test
  void delayOfANullReversePath_isNotReported() {
    rig.transport.at("mx1", BUSY);
    rig.submit("<>", "ann@example.org");

    rig.advance(Duration.ofHours(5));
    rig.run();

    assertEquals(List.of(), rig.spawned());
  }

  @ParameterizedTest
  @CsvSource({
    "SUCCESS, 1",
    "SUCCESS FAILURE DELAY, 1",
    "'', 0",
    "FAILURE DELAY, 0",
    "NEVER, 0",
  })
  void relayingWithoutDsn_isReportedToWhoWantsToKnow(String notify, int reports)
      throws IOException {
    rig.transport.at("mx1", relays());
    rig.submit(envelope(notify));

    rig.run();

    assertEquals(reports, rig.spawned().size());
    for (Submission report : rig.spawned()) {
      assertEquals(ReversePath.NULL, report.envelope().reversePath());
      String text = text(report.message());
      assertTrue(text.contains("Action: relayed\r\nStatus: 2.0.0\r\n"), text);
    }
  }

  @Test
  void relayingToAnExchangeWithDsn_isItsOwnToReport() {
    rig.transport.at(
        "mx1",
        t -> {
          AttemptResult plain = relays().play(t);
          return new AttemptResult(
              new SessionFacts(
                  t.route().address(), Optional.empty(), Set.of("SIZE", "DSN"), LastByte.SENT),
              plain.results());
        });
    rig.submit(envelope("SUCCESS"));

    rig.run();

    assertEquals(List.of(), rig.spawned());
    assertTrue(rig.events.lines.contains("relayed ann@example.org"));
  }

  @Test
  void relayingOfWhatANullPathSent_isNotReported() {
    rig.transport.at("mx1", relays());
    rig.submit(
        Envelope.from("<>")
            .to(List.of(Recipient.of("ann@example.org").notifying(Set.of(Notify.SUCCESS)))));

    rig.run();

    assertEquals(List.of(), rig.spawned());
  }

  @Test
  void oneRelayedAndOneFailed_areTwoReports() throws IOException {
    rig.transport.at("mx1", ScriptedTransport.byLocalPart(Map.of("joe", 550)));
    Set<Notify> both = Set.of(Notify.SUCCESS, Notify.FAILURE);
    rig.submit(
        Envelope.from("bob@shop.example")
            .to(
                List.of(
                    Recipient.of("ann@example.org").notifying(both),
                    Recipient.of("joe@example.org").notifying(both))));

    rig.run();

    assertEquals(2, rig.spawned().size());
    assertTrue(text(rig.spawned().get(0).message()).contains("Action: failed"));
    String relayed = text(rig.spawned().get(1).message());
    assertTrue(relayed.contains("Action: relayed") && !relayed.contains("joe@"), relayed);
  }

  @Test
  void expiry_isReported() throws IOException {
    rig.transport.at("mx1", BUSY);
    rig.submit("bob@shop.example", "ann@example.org");

    rig.advance(Duration.ofDays(1));
    rig.run();

    assertEquals(1, rig.spawned().size());
    assertTrue(text(rig.spawned().get(0).message()).contains("Action: failed"));
  }

  @Test
  void composerThatFails_doesNotKeepTheOutcomeFromBeingStored() {
    rig.composer =
        request -> {
          throw new IllegalStateException("a bug");
        };
    rig.transport.at("mx1", NO_SUCH_USER);
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertTrue(rig.events.lines.contains("bounced ann@example.org"));
    assertEquals(List.of(), rig.spawned());
  }

  private static Envelope envelope(String notify) {
    Set<Notify> on =
        Stream.of(notify.split(" "))
            .filter(s -> !s.isEmpty())
            .map(Notify::valueOf)
            .collect(java.util.stream.Collectors.toSet());
    return Envelope.from("bob@shop.example")
        .to(List.of(Recipient.of("ann@example.org").notifying(on)));
  }

  private static String text(MessageSource message) throws IOException {
    try (InputStream in = message.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
