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
                Adder.class.getName(),
                directory.resolve("mail.db").toString())
            .inheritIO()
            .redirectOutput(ProcessBuilder.Redirect.PIPE)
            .start();
    process.getInputStream().readAllBytes();
    assertTrue(process.waitFor(90, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
    check(Files.readAllLines(trace));
  }

  /** After the last write to the log before each answer comes a sync of the log. */
  private static void check(List<String> calls) {
    int answers = 0;
    boolean written = false;
    boolean synced = false;
    for (String call : calls) {
      if (call.contains("pwrite64(") && call.contains("mail.db-wal")) {
        written = true;
        synced = false;
      } else if (call.contains("sync(") && call.contains("mail.db-wal")) {
        synced = true;
      } else if (call.contains("added-")) {
        assertTrue(written && synced, "not synced before: " + call);
        answers++;
        written = false;
      }
    }
    assertEquals(Adder.COUNT, answers);
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
}
