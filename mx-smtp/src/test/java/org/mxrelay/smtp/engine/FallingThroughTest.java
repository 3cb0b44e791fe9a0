package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.engine.ScriptedTransport.breaks;
import static org.mxrelay.smtp.engine.ScriptedTransport.lacks;
import static org.mxrelay.smtp.engine.ScriptedTransport.refuses;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Fallthrough;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsDemand.Level;
import org.mxrelay.tls.TlsPlan;
import org.mxrelay.tls.Vouching;

class FallingThroughTest {

  private final Rig rig = new Rig();

  @Test
  void primaryRefusesConnections_backupTakesTheMessage() {
    rig.router.to("example.org", "10 mx1, 20 backup");
    rig.transport.at("mx1", breaks(Stage.CONNECT)).at("backup", relays());
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(
        List.of("attempted 1 mx1", "attempted 1 backup", "relayed ann@example.org"),
        rig.events.lines);
    assertEquals(1, rig.events.outcomes.get(0).attempts());
  }

  @Test
  void recipientsMailboxFull_staysAwayFromTheBackup() {
    rig.router.to("example.org", "10 mx1, 10 mx2, 20 backup");
    rig.transport
        .at("mx1", refuses(Stage.RCPT, 452, "4.2.2 mailbox full"))
        .at("mx2", refuses(Stage.RCPT, 452, "4.2.2 mailbox full"));
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(List.of("mx1", "mx2"), rig.transport.exchanges());
  }

  @Test
  void lastQuarterOfLife_goesToTheBackup() {
    rig.router.to("example.org", "10 mx1, 20 backup");
    rig.transport.at("mx1", refuses(Stage.RCPT, 452, "4.2.2 mailbox full")).at("backup", relays());
    rig.submit("bob@shop.example", "ann@example.org");

    rig.advance(Duration.ofHours(18));
    rig.run();

    assertEquals(List.of("mx1", "backup"), rig.transport.exchanges());
  }

  @Test
  void fallthroughAny_goesToTheBackupAtOnce() {
    rig.fallthrough = Fallthrough.ANY;
    rig.router.to("example.org", "10 mx1, 20 backup");
    rig.transport.at("mx1", refuses(Stage.RCPT, 452, "4.2.2 mailbox full")).at("backup", relays());
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(List.of("mx1", "backup"), rig.transport.exchanges());
  }

  @Test
  void backupThatDoesNotRelay_doesNotBounce() {
    rig.router.to("example.org", "10 mx1, 20 backup");
    rig.transport
        .at("mx1", breaks(Stage.CONNECT), relays())
        .at("backup", refuses(Stage.RCPT, 550, "5.7.1 relaying denied"));
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();
    assertEquals(4, rig.onlyPending().open().get(0).last().orElseThrow().status().severity());
    rig.runNext();

    assertEquals(List.of("mx1", "backup", "mx1"), rig.transport.exchanges());
    assertTrue(rig.events.lines.contains("relayed ann@example.org"));
  }

  @Test
  void backupThatKnowsNoSuchUser_bounces() {
    rig.router.to("example.org", "10 mx1, 20 backup");
    rig.transport
        .at("mx1", breaks(Stage.CONNECT))
        .at("backup", refuses(Stage.RCPT, 550, "5.1.1 no such user"));
    rig.submit("<>", "ann@example.org");

    rig.run();

    assertTrue(rig.events.lines.contains("bounced ann@example.org"));
  }

  @Test
  void primaryLacksAnExtension_itsEqualTakesTheMessage() {
    rig.router.to("example.org", "10 mx1, 10 mx2, 20 backup");
    rig.transport.at("mx1", lacks("5.6.7")).at("mx2", relays());
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(List.of("mx1", "mx2"), rig.transport.exchanges());
    assertTrue(rig.events.lines.contains("relayed ann@example.org"));
  }

  @Test
  void allPrimariesLackAnExtension_bouncesWithItsStatusAndAsksNoBackup() {
    rig.router.to("example.org", "10 mx1, 10 mx2, 20 backup");
    rig.transport.at("mx1", lacks("5.6.7")).at("mx2", lacks("5.6.7"));
    rig.submit("<>", "ann@example.org");

    rig.run();

    assertEquals(List.of("mx1", "mx2"), rig.transport.exchanges());
    assertTrue(rig.events.lines.contains("bounced ann@example.org"));
    assertEquals("5.6.7", rig.events.outcomes.get(0).diagnostic().status().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"10 mx1, 10 mx2", "10 mx2, 10 mx1"})
  void equalOfALackingPrimaryIsDown_waits(String order) {
    rig.router.to("example.org", order);
    rig.transport.at("mx1", lacks("5.3.4")).at("mx2", breaks(Stage.CONNECT));
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertTrue(rig.events.lines.contains("deferred ann@example.org"));
  }

  @Test
  void backupLacksAnExtension_waitsForThePrimary() {
    rig.router.to("example.org", "10 mx1, 20 backup");
    rig.transport.at("mx1", breaks(Stage.CONNECT)).at("backup", lacks("5.3.4"));
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals("4.3.4", rig.onlyPending().open().get(0).last().orElseThrow().status().toString());
  }

  @Test
  void opportunisticTlsFails_firstAnEqualExchangeNeverABackup() {
    rig.router.to("example.org", "10 mx1, 10 mx2, 20 backup");
    rig.transport.at("mx1", breaks(Stage.TLS)).at("mx2", breaks(Stage.TLS));
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(List.of("mx1", "mx2"), rig.transport.exchanges());
    assertEquals(List.of(Level.OPPORTUNISTIC, Level.OPPORTUNISTIC), levels());
  }

  @Test
  void opportunisticTlsFailsAgain_plaintextBeforeAnyBackup() {
    rig.router.to("example.org", "10 mx1, 20 backup");
    rig.transport.at("mx1", breaks(Stage.TLS), breaks(Stage.TLS), relays());
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();
    rig.runNext();

    assertEquals(List.of("mx1", "mx1", "mx1"), rig.transport.exchanges());
    assertEquals(List.of(Level.OPPORTUNISTIC, Level.OPPORTUNISTIC, Level.NONE), levels());
    assertTrue(rig.events.lines.contains("relayed ann@example.org"));
  }

  @Test
  void g12_demandedTlsFails_neverPlaintext() {
    rig.tls = TlsDemand.byOption(Level.VERIFIED);
    rig.router.to("example.org", "10 mx1, 20 backup");
    rig.transport
        .at("mx1", breaks(Stage.TLS))
        .at("backup", refuses(Stage.STARTTLS, 454, "4.7.0 TLS not available"));
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();
    rig.runNext();
    rig.runNext();

    assertEquals(6, rig.transport.seen.size());
    assertTrue(levels().stream().allMatch(l -> l == Level.VERIFIED), levels().toString());
  }

  @Test
  void g12_requireTls_demandsVerification() {
    rig.tlsPolicy = (to, decision) -> TlsPlan.unbound(decision).vouchedFor(Vouching.VOUCHED);
    rig.router.to("example.org", "10 mx1");
    rig.transport.at("mx1", breaks(Stage.TLS));
    rig.submit(
        Envelope.from("bob@shop.example")
            .to("ann@example.org")
            .with(EnvelopeOptions.NONE.withTls(SenderTls.REQUIRED)));

    rig.run();
    rig.runNext();

    assertEquals(List.of(Level.VERIFIED, Level.VERIFIED), levels());
  }

  @Test
  void g10_exchangesOfAnAttempt_areBounded() {
    String routes =
        IntStream.range(0, 60).mapToObj(i -> "10 mx" + i).collect(Collectors.joining(", "));
    rig.router.to("example.org", routes);
    IntStream.range(0, 60).forEach(i -> rig.transport.at("mx" + i, breaks(Stage.CONNECT)));
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(RouteWalk.MOST_ROUTES, rig.transport.seen.size());
  }

  @Test
  void g10_wallTimeOfAnAttempt_isBounded() {
    rig.router.to("example.org", "10 mx1, 10 mx2, 10 mx3, 10 mx4");
    ScriptedTransport.Script slow =
        t -> {
          rig.nanos.addAndGet(Duration.ofMinutes(12).toNanos());
          return breaks(Stage.CONNECT).play(t);
        };
    rig.transport.at("mx1", slow).at("mx2", slow).at("mx3", slow).at("mx4", slow);
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(List.of("mx1", "mx2", "mx3"), rig.transport.exchanges());
  }

  private List<Level> levels() {
    return rig.transport.seen.stream().map(t -> t.tls().level()).toList();
  }
}
