package org.mxrelay.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.MailRouter;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.Judgement;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.ReplyClassifier;
import org.mxrelay.reply.ReplyContext;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.SubmissionStatus;
import org.mxrelay.smtp.queue.jdbc.JdbcQueue;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a user writes. The two methods at the end are README's, word for word, and are only
 * compiled; the tests run the same calls against loopback and a queue in memory.
 */
class ReadmeSampleTest {

  private static final Logger log = LoggerFactory.getLogger(ReadmeSampleTest.class);

  @Test
  void relaySample_relays(@TempDir Path folder) throws IOException, InterruptedException {
    Path eml = Files.writeString(folder.resolve("invoice.eml"), "Subject: invoice\r\n\r\n42\r\n");
    List<Outcome> ends = new CopyOnWriteArrayList<>();
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        MxRelay relay =
            MxRelay.builder()
                .helo("app.shop.example")
                .queue(InMemoryQueue.create())
                .router(
                    destination ->
                        new RouteDecision.Attempt(
                            List.of(server.route()),
                            new RouteDecision.Trail(Instant.MAX, List.of())))
                .listener(RelayListener.onEnd(ends::add))
                .start()) {
      Receipt receipt =
          relay.submit(
              Envelope.from("billing@shop.example").to("ann@example.org"), MessageSource.of(eml));
      assertTrue(relay.drain(Duration.ofMinutes(1)));
      Optional<SubmissionStatus> status = relay.status(receipt.id());

      assertTrue(status.orElseThrow().isEnded());
      assertEquals(
          "ann@example.org RELAYED", ends.get(0).recipient() + " " + ends.get(0).outcome());
    }
  }

  @Test
  void classifierSample_softensOneReplyOfOneHost() {
    ReplyClassifier mine = corporate();
    Reply reply = Reply.of(554, "transaction failed");

    Judgement there = mine.classify(reply, new ReplyContext(Stage.END_OF_DATA, "mx1.corp.example"));
    Judgement elsewhere = mine.classify(reply, new ReplyContext(Stage.END_OF_DATA, "mx.example"));

    assertEquals(Judgement.temporary(Category.RATE_LIMITED, "corp-554"), there);
    assertTrue(elsewhere.isPermanent());
  }

  private static ReplyClassifier corporate() {
    ReplyClassifier mine =
        ReplyClassifier.standard()
            .before(
                (reply, at) ->
                    at.exchange().endsWith(".corp.example") && reply.code() == 554
                        ? Optional.of(Judgement.temporary(Category.RATE_LIMITED, "corp-554"))
                        : Optional.empty());
    return mine;
  }

  /** README's first sample. */
  static void relaySample(Path eml) throws InterruptedException {
    try (MxRelay relay =
        MxRelay.builder()
            .helo("app.shop.example")
            .queue(JdbcQueue.sqlite(Path.of("mail.db")))
            .listener(
                RelayListener.onEnd(e -> log.info("{} {} {}", e.recipient(), e.outcome(), e.why())))
            .start()) {
      Receipt receipt =
          relay.submit(
              Envelope.from("billing@shop.example").to("ann@example.org"), MessageSource.of(eml));
      relay.drain(Duration.ofMinutes(1));
      relay.status(receipt.id());
    }
  }

  /** README's second sample. */
  static void routeSample(PrintStream out) throws InterruptedException {
    try (MailRouter router = MailRouter.system()) {
      for (Route r : router.route("example.org").routes())
        out.println(r.preference() + " " + r.exchange() + " " + r.address());
    }
  }
}
