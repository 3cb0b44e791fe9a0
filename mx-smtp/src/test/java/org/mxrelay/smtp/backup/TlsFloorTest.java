package org.mxrelay.smtp.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.backup.BackupRig.LONG;
import static org.mxrelay.smtp.backup.BackupRig.TEXT;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.testkit.RecordedSession;
import org.mxrelay.testkit.FakeMxResolver;
import org.mxrelay.testkit.TestCertificate;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsDemand.Level;

/** The TLS that sessions with the primary must have, played live, in probes and forwarding. */
class TlsFloorTest {

  private static final TlsDemand ENCRYPTED = TlsDemand.byOption(Level.ENCRYPTED);
  private static final TlsDemand VERIFIED = TlsDemand.byOption(Level.VERIFIED);

  private final BackupRig rig = new BackupRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void primaryWithoutStarttls_isDownAndHearsNothing() throws InterruptedException {
    rig.options.tls(ENCRYPTED);
    rig.start();
    PrimaryStatus primary = rig.await(BackupEvent.PrimaryChanged.class, e -> true).primary();

    assertEquals(PrimaryState.DOWN, primary.state());
    assertTrue(primary.why().contains("STARTTLS is demanded and not offered"), primary.why());
    assertEquals(Answers.UNKNOWN_NOW, rig.send(TEXT, "ann@example.org"));
    assertNothingWasSaid();
  }

  @Test
  void primaryWithStarttls_takesOverTlsAlone() throws InterruptedException {
    rig.primary.offer("STARTTLS");
    rig.options.tls(ENCRYPTED);
    rig.startWith(PrimaryState.UP);

    assertTrue(rig.send(TEXT, "ann@example.org").isPositive());

    assertEquals(1, rig.primary.awaitMessages(1, LONG).size());
    assertOverTls();
  }

  @Test
  void backlog_waitsForAPrimaryThatHasTls() throws InterruptedException {
    BlockingQueue<RelayEvent.Deferred> deferred = new LinkedBlockingQueue<>();
    rig.options
        .unknownRecipients(UnknownRecipients.ACCEPT)
        .tls(ENCRYPTED)
        .relayListener(new Deferrals(deferred));
    rig.start();
    rig.awaitState(PrimaryState.DOWN);
    assertTrue(rig.send(TEXT, "ann@example.org").text().contains("queued as"));
    // That the primary asks for it is a reason to try at once, and none to do it in the clear.
    rig.backup().etrn(BackupRig.address("127.0.0.1"), "example.org");
    assertNotNull(deferred.poll(LONG.toSeconds(), TimeUnit.SECONDS));
    assertNothingWasSaid();

    rig.primary.offer("STARTTLS");
    rig.passUntil(PrimaryState.UP);

    assertInstanceOf(Outcome.class, rig.awaitEnd());
    assertEquals(1, rig.primary.awaitMessages(1, LONG).size());
    assertOverTls();
  }

  @Test
  void verifiedFloor_knowsThePrimaryByTheTrustThatWasGiven() throws InterruptedException {
    TestCertificate certificate = TestCertificate.of("mx1.example.org");
    named(certificate);
    rig.options.cutThrough(CutThrough.ENVELOPE).client(c -> c.trust(certificate.trustingContext()));
    rig.startWith(PrimaryState.UP);

    assertTrue(rig.send(TEXT, "ann@example.org").text().contains("queued as"));

    assertEquals(1, rig.primary.awaitMessages(1, LONG).size());
    assertOverTls();
  }

  @Test
  void verifiedFloor_isNotMetByAStranger() throws InterruptedException {
    named(TestCertificate.of("mx1.example.org"));
    rig.start();

    rig.awaitState(PrimaryState.DOWN);

    assertEquals(Answers.UNKNOWN_NOW, rig.send(TEXT, "ann@example.org"));
    assertNothingWasSaid();
  }

  /** The primary under its name, at which it is verified. */
  private void named(TestCertificate certificate) {
    rig.primary.offer("STARTTLS").shows(certificate);
    rig.options.primary.clear();
    rig.options
        .primary("mx1.example.org:" + rig.primary.port())
        .resolver(FakeMxResolver.of("mx1.example.org A 127.0.0.1", rig.clock))
        .tls(VERIFIED);
  }

  private void assertNothingWasSaid() {
    assertTrue(rig.primary.sessions().stream().noneMatch(s -> s.receivedText().contains("MAIL")));
  }

  private void assertOverTls() {
    List<RecordedSession> withMail =
        rig.primary.sessions().stream().filter(s -> s.receivedText().contains("MAIL")).toList();
    assertFalse(withMail.isEmpty());
    assertTrue(withMail.stream().allMatch(RecordedSession::tls));
  }

  private record Deferrals(BlockingQueue<RelayEvent.Deferred> all) implements RelayListener {
    @Override
    public void deferred(RelayEvent.Deferred event) {
      all.add(event);
    }
  }
}
