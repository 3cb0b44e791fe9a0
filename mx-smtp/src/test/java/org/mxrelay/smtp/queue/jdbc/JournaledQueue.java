package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.SubmissionStatus;
import org.mxrelay.smtp.queue.journal.Journal;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.testkit.ManualClock;

/** Queues in SQLite files with a journal, and what they leave. */
final class JournaledQueue {

  /** The journal first: what leaves it while the files are copied is in the log then. */
  private static final List<String> ENDINGS = List.of(".incoming-0", ".incoming-1", "-wal", "");

  private JournaledQueue() {}

  /** One that an engine has, which is open for fresh mail. */
  static JdbcQueue open(Path file, InstantSource clock) {
    JdbcQueue queue = JdbcQueue.sqliteBuilder(file).clock(clock).open();
    queue.attach();
    assertEquals(List.of(), queue.claim(QueueMail.room(clock.instant(), 1, 1)));
    return queue;
  }

  static JdbcQueue open(Path file) {
    return open(file, ManualClock.at(NOON));
  }

  static List<Path> files(Path file) {
    return Journal.files(file.resolveSibling(file.getFileName() + ".incoming"));
  }

  static boolean isAnyFile(Path file) {
    return files(file).stream().anyMatch(Files::exists);
  }

  /** Which of the two is written to. */
  static Path current(Path file) throws IOException {
    List<Path> two = files(file);
    return epoch(two.get(0)) > epoch(two.get(1)) ? two.get(0) : two.get(1);
  }

  static long epoch(Path segment) throws IOException {
    byte[] bytes = Files.readAllBytes(segment);
    return bytes.length < 16 ? 0 : ByteBuffer.wrap(bytes).getLong(4);
  }

  /** So far it has whole records. */
  static int length(Path segment) throws IOException {
    AtomicInteger length = new AtomicInteger(16);
    Journal.read(List.of(segment), record -> length.addAndGet(8 + record.length));
    return length.get();
  }

  /** As a process that is killed now leaves them, under the same name in another directory. */
  static void copy(Path file, Path directory) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("cp"));
    for (String ending : ENDINGS) {
      if (Files.exists(Path.of(file + ending))) {
        command.add(file + ending);
      }
    }
    command.add(Files.createDirectories(directory).toString());
    // By another process: closing the files here would drop SQLite's locks on them.
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  /** How many messages are in the tables, as another process sees them. */
  static long inTables(Path file) throws Exception {
    return RawSqlite.number(file, "SELECT count(*) FROM mx_message");
  }

  static SubmissionStatus status(JdbcQueue queue, String id) {
    return queue.status(new SubmissionId(id)).orElseThrow();
  }

  static void addOne(JdbcQueue queue, String id, Instant at, String... to) {
    queue.add(List.of(QueueMail.submission(id, at, to)));
  }
}
