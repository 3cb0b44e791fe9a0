package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.testkit.Peers;

/** That the system was told to sync before the caller was told that the message is safe (G1). */
@Tag("interop")
final class SyncTest {

  @TempDir Path directory;

  @Test
  void g1_syncPrecedesTheAnswer() throws Exception {
    check(trace(Adder.class), "mail.db-wal", Adder.COUNT);
  }

  @Test
  void g1_syncOfTheJournalPrecedesTheAnswer() throws Exception {
    check(trace(Engine.class), "mail.db.incoming-", 2 * Adder.COUNT);
  }

  private List<String> trace(Class<?> main) throws Exception {
    Path strace = Peers.need("strace", "strace");
    Path trace = directory.resolve("trace");
    Process process =
        new ProcessBuilder(
                strace.toString(),
                "-f",
                "-y",
                "-e",
                "trace=fsync,fdatasync,write,pwrite64",
                "-o",
                trace.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                directory.resolve("mail.db").toString())
            .inheritIO()
            .redirectOutput(ProcessBuilder.Redirect.PIPE)
            .start();
    process.getInputStream().readAllBytes();
    assertTrue(process.waitFor(90, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
    return Files.readAllLines(trace);
  }

  /** After the last write to the file before each answer comes a sync of the file. */
  private static void check(List<String> calls, String file, int expected) {
    int answers = 0;
    boolean written = false;
    boolean synced = false;
    for (String call : calls) {
      if (call.contains("pwrite64(") && call.contains(file)) {
        written = true;
        synced = false;
      } else if (call.contains("sync(") && call.contains(file)) {
        synced = true;
      } else if (call.contains("write(") && call.matches(".*(added|settled)-.*")) {
        assertTrue(written && synced, "not synced before: " + call);
        answers++;
        written = false;
      }
    }
    assertEquals(expected, answers);
  }

  /** A process to be traced. */
  static final class Adder {

    static final int COUNT = 5;

    private Adder() {}

    public static void main(String[] args) {
      try (JdbcQueue queue = JdbcQueue.sqlite(Path.of(args[0]))) {
        for (int i = 0; i < COUNT; i++) {
          queue.add(List.of(QueueMail.submission("m" + i, Instant.now(), "a@x.example")));
          System.out.println("added-" + i);
          System.out.flush();
        }
      }
    }
  }

  /** The same with an engine, which has a journal. */
  static final class Engine {

    private Engine() {}

    public static void main(String[] args) {
      try (JdbcQueue queue = JdbcQueue.sqlite(Path.of(args[0]))) {
        queue.attach();
        queue.claim(QueueMail.everything(Instant.now()));
        for (int i = 0; i < Adder.COUNT; i++) {
          queue.add(List.of(QueueMail.submission("m" + i, Instant.now(), "a@x.example")));
          System.out.println("added-" + i);
          System.out.flush();
          Instant now = Instant.now();
          queue.settle(
              List.of(QueueMail.relayed(queue.claim(QueueMail.everything(now)).get(0), now)));
          System.out.println("settled-" + i);
          System.out.flush();
        }
      }
    }
  }
}
