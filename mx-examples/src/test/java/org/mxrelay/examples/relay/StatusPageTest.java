package org.mxrelay.examples.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.smtp.backup.BackupStatus;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.testkit.Peers;

/** The page as a browser shows it. */
@Tag("ci")
class StatusPageTest {

  @TempDir Path folder;

  private final Counts counts = new Counts();

  @Test
  void up_isSaidSo() throws Exception {
    String page = shown(Sights::up);
    assertTrue(page.contains(">The primary is up<"), page);
    assertTrue(page.contains("<title>UP"), page);
    assertTrue(page.contains("class=\"quiet\">None.<"), page);
  }

  @Test
  void down_tellsTheBacklogAndItsAge() throws Exception {
    String page = shown(Sights::down);
    assertTrue(page.contains(">The primary is down<"), page);
    assertTrue(page.contains("1,234 messages wait, safely stored"), page);
    assertTrue(page.contains(">1 h 35 min<"), page);
    assertTrue(page.contains("2 more held for a person"), page);
    assertTrue(page.contains("Connection refused"), page);
  }

  @Test
  void alarms_areTextWhateverTheirWords() throws Exception {
    String page = shown(Sights::stalled);
    assertTrue(page.contains(">The primary is up, but this backup needs help<"), page);
    assertTrue(page.contains("<b>stalled</b>"), page);
    assertTrue(page.contains("<b>refused after all</b>"), page);
    assertTrue(page.contains("550 5.7.1 &lt;b&gt;no&lt;/b&gt;"), page);
    assertFalse(page.contains("<title>owned"), page);
  }

  @Test
  void oneOfAKind_isSaidInTheSingular() throws Exception {
    counts.ended(
        new Outcome(
            new SubmissionId("m"),
            Mailbox.parse("ann@example.org"),
            Outcome.End.RELAYED,
            Diagnostic.local(new EnhancedStatusCode(2, 0, 0), Category.OTHER, "taken"),
            1,
            Instant.parse("2026-03-01T10:00:00Z")));
    String page = shown(Sights::up);
    assertTrue(page.contains("<span id=\"forwardedUnit\">recipient</span>"), page);
    assertTrue(page.contains("<small id=\"queuedUnit\">messages</small>"), page);
  }

  /** What is on the page after its script has run. */
  private String shown(Supplier<BackupStatus> status) throws Exception {
    Path chromium = Peers.need("chromium", "chromium");
    try (StatusServer server = StatusServerTest.serving(status, counts)) {
      return output(
          List.of(
              chromium.toString(),
              "--headless=new",
              "--no-sandbox",
              "--disable-gpu",
              "--user-data-dir=" + folder.resolve("profile"),
              "--virtual-time-budget=1000",
              "--dump-dom",
              StatusServerTest.uri(server, "/").toString()));
    }
  }

  private String output(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "dom", ".html");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(0, process.waitFor(), () -> String.join(" ", command));
    return Files.readString(out, UTF_8);
  }
}
