package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.queue.jdbc.JdbcQueue;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.Step;

/** {@code enqueue}, {@code queue} and {@code run} on one SQLite queue. */
class QueueCommandsTest {

  private final Net net = new Net();

  @TempDir private Path folder;
  private Path file;
  private String queue;

  @BeforeEach
  void start() {
    file = folder.resolve("queue.db");
    queue = "sqlite:" + file;
  }

  @AfterEach
  void stop() {
    net.close();
  }

  private Shell.Ran enqueue(String to, String... more) {
    String[] args = {"enqueue", "--json", "--queue", queue, "--from", "a@shop.example", "--to", to};
    Shell.Ran ran = Shell.runWith("Subject: x\r\n\r\nbody\r\n", concat(args, more));
    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    return ran;
  }

  private Shell.Ran queue(String... args) {
    return Shell.run(concat(new String[] {"queue", "--json", "--queue", queue}, args));
  }

  private Shell.Ran runUntilEmpty(String... more) {
    return Shell.run(
        net.args(concat(new String[] {"run", "--queue", queue, "--until-empty"}, more)));
  }

  private static String[] concat(String[] some, String... more) {
    String[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  private static String text(JsonObject o, String name) {
    return o.get(name).getAsString();
  }

  private long changed(String... args) {
    Shell.Ran ran = queue(args);
    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    return ran.json().get(0).get("changed").getAsLong();
  }

  @Test
  void enqueuedMessages_areDeliveredByARun() {
    Set<String> ids = new HashSet<>();
    for (JsonObject line : enqueue("b@example.org", "--count", "70").json()) {
      assertEquals("queued", text(line, "event"));
      assertEquals("-", text(line, "file"));
      assertEquals(1, line.get("recipients").getAsInt());
      ids.add(text(line, "id"));
    }
    assertEquals(70, ids.size());

    Shell.Ran ran = runUntilEmpty();

    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    assertEquals(70, net.exchange.messages().size());
    Set<String> relayed = new HashSet<>();
    ran.events("relayed").forEach(e -> relayed.add(text(e, "id")));
    assertEquals(ids, relayed);
  }

  @Test
  void folder_isEnqueuedByName() throws IOException {
    Path mails = Files.createDirectory(folder.resolve("mails"));
    Files.createDirectory(mails.resolve("sub"));
    Path b = Files.writeString(mails.resolve("b.eml"), "Subject: b\n\nb\n");
    Path a = Files.writeString(mails.resolve("a.eml"), "Subject: a\n\na\n");

    List<JsonObject> lines = enqueue("b@example.org", mails.toString()).json();

    assertEquals(
        List.of(a.toString(), b.toString()), lines.stream().map(l -> text(l, "file")).toList());
  }

  @Test
  void bouncedInTheRun_exitsWith65() {
    enqueue("nobody@example.org");
    net.exchange.on(
        Step.RCPT, Behaviour.replyTo(a -> a.startsWith("nobody") ? "550 5.1.1 Who?" : ""));

    Shell.Ran ran = runUntilEmpty();

    assertEquals(ExitCodes.FAILED_MAIL, ran.exit(), ran::toString);
    assertEquals(1, ran.events("bounced").size());
    assertEquals("", net.exchange.messages().get(0).reversePath());
  }

  @Test
  void timeIsOver_exitsWith75AndTheMessageStays() {
    enqueue("b@example.org");
    net.exchange.on(Step.RCPT, Behaviour.reply("450 4.2.0 Later"));

    Shell.Ran ran = runUntilEmpty("--for", "1s", "--retry", "1h");

    assertEquals(ExitCodes.STILL_QUEUED, ran.exit(), ran::toString);
    JsonObject listed = queue("list").json().get(0);
    assertEquals("queued", text(listed, "state"));
    assertEquals(1, listed.get("attempts").getAsInt());
    JsonObject recipient = listed.getAsJsonArray("recipients").get(0).getAsJsonObject();
    assertTrue(text(recipient, "reply").contains("Later"), listed::toString);
  }

  @Test
  void expiredMessage_exitsWith65() {
    enqueue("b@example.org", "--notify", "never");
    net.exchange.on(Step.RCPT, Behaviour.reply("450 4.2.0 Later"));

    Shell.Ran ran = runUntilEmpty("--retry", "100ms", "--expire", "500ms");

    assertEquals(ExitCodes.FAILED_MAIL, ran.exit(), ran::toString);
    assertEquals(1, ran.events("expired").size(), ran::toString);
  }

  @Test
  void heldMessage_staysUntilReleased() {
    String id = text(enqueue("b@example.org").json().get(0), "id");

    assertEquals(1, changed("hold", id, "--why", "wait for legal"));
    assertEquals(ExitCodes.STILL_QUEUED, runUntilEmpty().exit());
    JsonObject held = queue("list", "--all").json().get(0);
    assertEquals("held", text(held, "state"));
    assertEquals("wait for legal", text(held, "why"));
    assertEquals(0, net.exchange.messages().size());

    assertEquals(1, changed("release", "--domain", "example.org"));
    assertEquals(ExitCodes.OK, runUntilEmpty().exit());
    assertEquals(1, net.exchange.messages().size());
  }

  @Test
  void cancelledMessage_isShownAsEnded() {
    String id = text(enqueue("b@example.org").json().get(0), "id");

    assertEquals(1, changed("cancel", "--to", "b@example.org"));
    assertEquals(0, changed("cancel", "--to", "b@example.org"));

    JsonObject shown = queue("show", id).json().get(0);
    assertEquals(true, shown.get("settled").getAsBoolean());
    JsonObject ended = shown.getAsJsonArray("ended").get(0).getAsJsonObject();
    assertEquals("cancelled", text(ended, "event"));
    assertEquals(ExitCodes.OK, runUntilEmpty().exit());
    assertEquals(0, net.exchange.messages().size());
  }

  @Test
  void messageCancelledBesideARun_isToldByTheRun() throws Exception {
    String id = text(enqueue("b@example.org").json().get(0), "id");
    CountDownLatch attempted = new CountDownLatch(1);
    net.exchange.on(
        Step.RCPT,
        Behaviour.replyTo(
            address -> {
              attempted.countDown();
              return "450 4.2.0 Later";
            }));
    FutureTask<Shell.Ran> run = new FutureTask<>(() -> runUntilEmpty("--retry", "1h"));
    new Thread(run, "run").start();
    assertTrue(attempted.await(20, TimeUnit.SECONDS));

    assertEquals(1, changed("cancel", id));

    Shell.Ran ran = run.get(20, TimeUnit.SECONDS);
    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    List<JsonObject> told = ran.events("cancelled");
    assertEquals(1, told.size(), ran::toString);
    assertEquals(id, text(told.get(0), "id"));
    assertEquals("b@example.org", text(told.get(0), "recipient"));
  }

  @Test
  void flushedMessage_isDueAtOnce() {
    enqueue("b@example.org");
    net.exchange.on(Step.RCPT, Behaviour.reply("450 4.2.0 Later"), Behaviour.normal());
    assertEquals(ExitCodes.STILL_QUEUED, runUntilEmpty("--for", "1s", "--retry", "1h").exit());

    assertEquals(1, changed("flush", "--all"));

    assertEquals(ExitCodes.OK, runUntilEmpty().exit());
  }

  @Test
  void stats_countByState() {
    enqueue("b@example.org");
    enqueue("c@other.example");
    changed("hold", "--domain", "other.example");

    JsonObject stats = queue("stats").json().get(0);

    assertEquals(1, stats.get("pending").getAsInt());
    assertEquals(1, stats.get("due").getAsInt());
    assertEquals(1, stats.get("held").getAsInt());
  }

  @Test
  void humanForms_nameWhatIsThere() {
    String id = text(enqueue("b@example.org").json().get(0), "id");

    String listed = Shell.run("queue", "--queue", queue, "list").out();
    assertTrue(listed.startsWith(id + "  queued  attempt 0"), listed);
    assertTrue(listed.contains("    b@example.org"), listed);
    String shown = Shell.run("queue", "--queue", queue, "show", id).out();
    assertTrue(shown.contains("in the queue"), shown);
    assertTrue(shown.contains("the next engine with room takes it"), shown);
    assertTrue(Shell.run("queue", "--queue", queue, "stats").out().contains("due               1"));
    String held = Shell.run("queue", "--queue", queue, "hold", id).out();
    assertEquals("hold: 1 delivery", held.strip());
  }

  @Test
  void show_saysWhyAMessageIsStillThere() {
    String id = text(enqueue("b@example.org").json().get(0), "id");
    assertEquals(1, changed("hold", id));

    JsonObject shown = queue("show", id).json().get(0);

    JsonObject pending = shown.getAsJsonArray("pending").get(0).getAsJsonObject();
    assertEquals("held", text(pending, "reason"));
    assertEquals(
        "example.org: held: held by hand; release or cancel it",
        shown.getAsJsonArray("explanation").get(0).getAsString());
  }

  @Test
  void selection_mustBeGivenOnce() {
    enqueue("b@example.org");

    assertEquals(ExitCodes.USAGE, queue("cancel").exit());
    assertEquals(ExitCodes.USAGE, queue("cancel", "--all", "--domain", "example.org").exit());
    assertEquals(ExitCodes.USAGE, queue("show", "--all").exit());
    Shell.Ran unknown = queue("show", "no-such-id");
    assertEquals(ExitCodes.USAGE, unknown.exit());
    assertTrue(unknown.err().contains("'no-such-id': no such message"), unknown::toString);
  }

  @Test
  void secondRun_isRefusedByPid() {
    try (JdbcQueue running = JdbcQueue.sqlite(file)) {
      running.attach();

      Shell.Ran ran = runUntilEmpty();

      assertEquals(ExitCodes.ERROR, ran.exit(), ran::toString);
      assertTrue(ran.err().contains(String.valueOf(ProcessHandle.current().pid())), ran::toString);
      assertEquals(1, ran.err().lines().count(), ran::toString);
      // To add and to look is for everybody.
      assertEquals(1, enqueue("b@example.org").json().size());
      assertEquals(1, queue("list").json().size());
    }
  }

  @Test
  void fileThatIsNoQueue_isNamed() throws IOException {
    Files.writeString(
        file, "this is not a database, but it is long enough to look like one\n".repeat(99));

    Shell.Ran ran = queue("list");

    assertEquals(ExitCodes.USAGE, ran.exit(), ran::toString);
    assertTrue(ran.err().contains(queue), ran::toString);
    assertEquals(1, ran.err().lines().count(), ran::toString);
  }
}
