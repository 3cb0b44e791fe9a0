package org.mxrelay.smtp.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.backup.BackupRig.LONG;
import static org.mxrelay.smtp.backup.BackupRig.SENDER;
import static org.mxrelay.smtp.backup.BackupRig.TEXT;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.reply.Reply;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.smtp.backup.Alarm.Kind;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.QueueInUse;
import org.mxrelay.smtp.queue.jdbc.JdbcQueue;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.testkit.FakeMxResolver;

/** How a backup starts, and what is looked at before a message is acknowledged. */
class StartAndFilterTest {

  private final BackupRig rig = new BackupRig();

  @AfterEach
  void close() {
    rig.close();
  }

  private BackupMxBuilder byDns(String zone) {
    return BackupMx.builder()
        .domains("example.org")
        .self("mx2.example.org")
        .queue(InMemoryQueue.create(rig.clock))
        .memory(rig.memory)
        .clock(rig.clock)
        .cutThrough(CutThrough.MESSAGE)
        .resolver(FakeMxResolver.of(zone, rig.clock))
        .routing(r -> r.port(rig.primary.port()).addressPolicy(AddressPolicy.allowAll()));
  }

  @Test
  void domainWhoseBestExchangeWeAre_isNoReasonToStart() {
    NotABackupException e =
        assertThrows(
            NotABackupException.class,
            () ->
                byDns("example.org MX 10 mx2.example.org\nexample.org MX 20 mx1.example.org")
                    .start());

    assertEquals(
        "not started: no exchange of example.org is better than ours:"
            + " 10 mx2.example.org, 20 mx1.example.org",
        e.getMessage());
  }

  @Test
  void unlisted_startsAllTheSame() throws InterruptedException {
    byDns("example.org MX 10 mx1.example.org\nmx1.example.org A 127.0.0.1")
        .unlisted()
        .start()
        .close();
  }

  @Test
  void primaryOfTheDns_isTheBetterExchangeAlone() throws InterruptedException {
    String zone =
        "example.org MX 10 mx1.example.org\nexample.org MX 20 mx2.example.org\n"
            + "example.org MX 30 mx3.example.org\nmx1.example.org A 127.0.0.1\n"
            + "mx2.example.org A 127.0.0.2\nmx3.example.org A 127.0.0.3";
    try (BackupMx backup = byDns(zone).start();
        InboundSession session = backup.open(BackupRig.client())) {
      assertTrue(rig.send(session, TEXT, "ann@example.org").isPositive());
      assertEquals(1, rig.primary.awaitMessages(1, LONG).size());
    }
  }

  @ParameterizedTest
  @CsvSource({"PT59M, maxHold", "P366D, maxHold"})
  void optionOutOfItsRange_isNamed(Duration hold, String option) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> rig.options.maxHold(hold).start());
    assertTrue(e.getMessage().startsWith(option), e.getMessage());
  }

  @Test
  void queueThatIsInUse_stopsTheStartAndNothingElse(@TempDir Path directory)
      throws InterruptedException {
    try (JdbcQueue first = JdbcQueue.sqlite(directory.resolve("mail.db"));
        JdbcQueue second = JdbcQueue.sqlite(directory.resolve("mail.db"))) {
      first.attach();
      assertThrows(QueueInUse.class, () -> rig.options.queue(second).start());
    }
    rig.options.queue(rig.queue);
    rig.startWith(PrimaryState.UP);
    assertTrue(rig.send(TEXT, "ann@example.org").isPositive());
  }

  @Test
  void verdict_foldsEachOfItsKinds() {
    Reply no = Reply.of(554, "5.7.1 no");
    Reply later = Reply.of(451, "4.7.1 later");
    List<FilterVerdict> all =
        List.of(
            FilterVerdict.accept(), new FilterVerdict.Refuse(no), new FilterVerdict.Defer(later));

    assertEquals(FilterVerdict.class.getPermittedSubclasses().length, all.size());
    assertEquals(
        List.of("accept", "refuse", "defer"),
        all.stream().map(v -> v.<String>fold(a -> "accept", r -> "refuse", d -> "defer")).toList());
    assertThrows(IllegalArgumentException.class, () -> new FilterVerdict.Refuse(later));
    assertThrows(IllegalArgumentException.class, () -> new FilterVerdict.Defer(no));
  }

  @Test
  void missingOptions_areNamed() {
    assertThrows(IllegalStateException.class, () -> BackupMx.builder().start());
    assertThrows(
        IllegalStateException.class, () -> BackupMx.builder().domains("example.org").start());
    assertThrows(
        IllegalStateException.class,
        () -> BackupMx.builder().domains("example.org").self("mx2.example.org").start());
  }

  @Test
  void filter_isAskedBeforeThePrimaryHearsOfTheMessage() throws InterruptedException {
    AtomicReference<InboundMessage> seen = new AtomicReference<>();
    rig.options.contentFilter(
        m -> {
          seen.set(m);
          return new FilterVerdict.Refuse(Reply.of(554, "5.7.1 spam"));
        });
    rig.startWith(PrimaryState.UP);

    assertEquals("554 5.7.1 spam", rig.send(TEXT, "ann@example.org").printable());

    assertEquals("192.0.2.7", seen.get().client().address().getHostAddress());
    assertEquals(SENDER, seen.get().envelope().reversePath().toString());
    assertEquals(TEXT.length(), seen.get().facts().size());
    assertTrue(rig.primary.sessions().stream().noneMatch(s -> s.commands().contains("DATA")));
  }

  @Test
  void filterThatFails_letsNothingPassAndIsAnAlarm() throws InterruptedException {
    AtomicBoolean away = new AtomicBoolean(true);
    rig.options.contentFilter(
        m -> {
          if (away.get()) {
            throw new IOException("nobody there");
          }
          return FilterVerdict.accept();
        });
    rig.startWith(PrimaryState.UP);

    assertEquals(Answers.FILTER_FAILED, rig.send(TEXT, "ann@example.org"));
    assertEquals(List.of(), rig.queued());
    Alarm alarm =
        rig.await(BackupEvent.Raised.class, r -> r.alarm().kind() == Kind.FILTER_FAILED).alarm();
    assertTrue(alarm.why().contains("nobody there"), alarm.why());
    assertFalse(rig.backup().status().isHealthy());

    away.set(false);
    assertTrue(rig.send(TEXT, "ann@example.org").isPositive());
    rig.await(BackupEvent.Cleared.class, r -> r.alarm().kind() == Kind.FILTER_FAILED);
    assertTrue(rig.backup().status().isHealthy());
  }

  @Test
  void refusal_namesTheRecipientOfWhomItWasSaid() throws InterruptedException {
    rig.startWith(PrimaryState.DOWN);

    rig.send(TEXT, "eve@example.org");

    BackupEvent.Refused refused = rig.await(BackupEvent.Refused.class, r -> true);
    assertEquals("eve@example.org", refused.recipient().orElseThrow().toString());
    assertEquals("verification", refused.why());
  }

  @Test
  void filtersFields_standBeforeTheMessage() throws InterruptedException {
    rig.options.contentFilter(
        m ->
            new FilterVerdict.Accept(
                SenderTrust.UNKNOWN, List.of(new HeaderField("X-Spam-Score", "0.5"))));
    rig.startWith(PrimaryState.UP);

    assertTrue(rig.send(TEXT, "ann@example.org").isPositive());

    String text = rig.primary.awaitMessages(1, LONG).get(0).text();
    assertTrue(text.startsWith("X-Spam-Score: 0.5\r\nReceived: from"), text);
  }

  @Test
  void hundredReceivedFields_areALoop() throws InterruptedException {
    rig.startWith(PrimaryState.UP);

    Reply reply = rig.send("Received: x\r\n".repeat(100) + TEXT, "ann@example.org");

    assertEquals(Answers.LOOP, reply);
  }

  @Test
  void transactionOutOfOrder_isRefused() throws InterruptedException {
    rig.startWith(PrimaryState.UP);
    try (InboundSession session = rig.open()) {
      assertEquals(503, session.rcpt(Recipient.of("ann@example.org")).code());
      assertEquals(503, session.data(BackupRig.message(TEXT)).code());
      assertTrue(session.mail(BackupRig.from("")).isPositive());
      assertEquals(503, session.data(BackupRig.message(TEXT)).code());
    }
  }

  @Test
  void probe_isTheWordOnARecipientWhereNothingIsPlayed() throws InterruptedException {
    rig.primary.on(Step.RCPT, Behaviour.replyTo(a -> a.startsWith("eve@") ? "550 5.1.1 who?" : ""));
    rig.options.cutThrough(CutThrough.OFF);
    rig.startWith(PrimaryState.UP);

    assertEquals("550 5.1.1 who?", rig.send(TEXT, "eve@example.org").printable());
    assertTrue(rig.send(TEXT, "ann@example.org").text().contains("queued as"));
    assertEquals(1, rig.primary.awaitMessages(1, LONG).size());
    assertTrue(
        rig.primary.sessions().stream()
            .anyMatch(s -> s.receivedText().contains("MAIL FROM:<double-bounce@mx2.example.org>")));
    rig.goDown();
    String other = TEXT.replace("<1@", "<2@");
    assertEquals(550, rig.send(other, "eve@example.org").code());
    assertTrue(rig.send(other, "ann@example.org").isPositive());
  }
}
