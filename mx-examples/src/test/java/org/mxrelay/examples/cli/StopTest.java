package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.Step;

/** What a signal does to a run, which takes a process of its own. */
class StopTest {

  @Test
  void sigterm_endsARunInGoodOrder(@TempDir Path folder) throws Exception {
    String queue = "sqlite:" + folder.resolve("queue.db");
    Shell.runWith(
        "Subject: x\n\nx\n",
        "enqueue",
        "--queue",
        queue,
        "--from",
        "a@shop.example",
        "--to",
        "b@example.org");
    try (Net net = new Net()) {
      net.exchange.on(Step.RCPT, Behaviour.reply("450 4.2.0 Later"));
      Path err = folder.resolve("err");
      Process run = start(net.args("run", "--queue", queue, "--retry", "1h"), err);
      try {
        run.inputReader().lines().filter(line -> line.contains("\"deferred\"")).findFirst();
        run.destroy();

        assertTrue(run.waitFor(20, TimeUnit.SECONDS), "still running");
        assertEquals(ExitCodes.OK, run.exitValue(), () -> read(err));
        assertEquals("", read(err));
      } finally {
        run.destroyForcibly();
      }
      Shell.Ran next = Shell.run(net.args("run", "--queue", queue, "--for", "1s", "--until-empty"));
      assertEquals(ExitCodes.STILL_QUEUED, next.exit(), next::toString);
      assertTrue(net.exchange.sessions().get(0).awaitEnd(Duration.ofSeconds(5)));
    }
  }

  @Test
  void sigtermWhileTheReplyToTheDotIsAwaited_endsWithinItsDeadlineAsUncertain(@TempDir Path folder)
      throws Exception {
    String queue = "sqlite:" + folder.resolve("queue.db");
    Shell.runWith(
        "Subject: x\n\nx\n",
        "enqueue",
        "--queue",
        queue,
        "--from",
        "a@shop.example",
        "--to",
        "b@example.org");
    try (Net net = new Net()) {
      CountDownLatch dot = new CountDownLatch(1);
      net.exchange.on(
          Step.END_OF_DATA,
          turn -> {
            dot.countDown();
            Behaviour.silence().play(turn);
          });
      Path err = folder.resolve("err");
      Process run = start(net.args("run", "--queue", queue, "--close-within", "500ms"), err);
      try {
        assertTrue(dot.await(60, TimeUnit.SECONDS), () -> read(err));
        // Not by the process itself, which would close its output too.
        run.toHandle().destroy();

        assertTrue(run.waitFor(20, TimeUnit.SECONDS), "still running");
        assertEquals(ExitCodes.OK, run.exitValue(), () -> read(err));
        String out = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(out.contains("\"uncertain\""), out);
      } finally {
        run.destroyForcibly();
      }
      Shell.Ran next = Shell.run(net.args("run", "--queue", queue, "--for", "1s", "--until-empty"));
      assertEquals(ExitCodes.STILL_QUEUED, next.exit(), "it waits for 15 minutes: " + next);
      assertEquals(0, next.events("attempt").size(), next::toString);
    }
  }

  private static Process start(String[] args, Path err) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      // As the manifest of mx.jar says: SQLite's driver loads a native library.
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", classPath(), Mx.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(err.toFile()).start();
  }

  /** Surefire starts the tests with a jar that only names the real class path. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
