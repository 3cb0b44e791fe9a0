package org.mxrelay.smtp.queue.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records in, records out, and which file has them. */
final class JournalTest {

  @TempDir Path directory;

  private List<Path> files = List.of();
  private Journal journal;

  @BeforeEach
  void begin() throws IOException {
    files = Journal.files(directory.resolve("j"));
    for (Path file : files) {
      Files.createFile(file);
    }
    journal = Journal.begin(files);
  }

  private long write(String record, int pins) {
    return journal.write(record.getBytes(US_ASCII), pins);
  }

  private List<String> left() throws IOException {
    List<String> all = new ArrayList<>();
    Journal.read(files, record -> all.add(new String(record, US_ASCII)));
    return all;
  }

  @Test
  void records_comeBackInOrder() throws IOException {
    write("one", 1);
    write("two", 1);
    write("three", 0);
    assertEquals(List.of("one", "two", "three"), left());
    assertTrue(Journal.isLeft(files));
  }

  @Test
  void recordsInBothFiles_comeBackInOrder() throws IOException {
    long first = write("one", 1);
    journal.turn();
    assertEquals(first + 1, write("two", 1));
    assertEquals(first + 1, write("three", 1));
    assertEquals(List.of("one", "two", "three"), left());
  }

  @Test
  void fileThatIsNeeded_isNotUsedAgain() throws IOException {
    long first = write("one", 1);
    journal.turn();
    long second = write("two", 1);
    journal.turn();
    assertEquals(second, write("three", 1), "stays where it is");
    journal.unpin(first, 1);
    journal.turn();
    assertEquals(second + 1, write("four", 1));
    assertEquals(List.of("two", "three", "four"), left());
  }

  @Test
  void tidy_forgetsWhatIsNotNeeded() throws IOException {
    long first = write("one", 2);
    journal.tidy();
    journal.unpin(first, 1);
    journal.tidy();
    assertEquals(List.of("one"), left());
    journal.unpin(first, 1);
    journal.tidy();
    assertEquals(List.of(), left());
    assertEquals(0, journal.length());
    write("two", 1);
    assertEquals(List.of("two"), left());
  }

  @Test
  void tidy_keepsWhatEndedWhileItsBeginningIsKept() throws IOException {
    write("added", 1);
    journal.turn();
    write("ended", 0);
    journal.tidy();
    assertEquals(List.of("added", "ended"), left());
  }

  @Test
  void recordsOfAnEarlierEpochBehindTheLast_areNotRead() throws IOException {
    List<Long> epochs = List.of(write("old-1", 1), write("old-2", 1), write("old-3", 1));
    epochs.forEach(epoch -> journal.unpin(epoch, 1));
    journal.tidy();
    write("new-1", 1);
    assertTrue(new String(Files.readAllBytes(files.get(0)), US_ASCII).contains("old-2"));
    assertEquals(List.of("new-1"), left());
  }

  @Test
  void begin_givesUpWhatWasThere() throws IOException {
    write("old-1", 1);
    write("old-2", 1);
    journal.close();
    journal = Journal.begin(files);
    assertEquals(List.of(), left());
    write("new-1", 1);
    assertEquals(List.of("new-1"), left());
  }

  @Test
  void beginAfterHeadersWereCleared_findsNoRecordsOfTheSameEpoch() throws IOException {
    write("old-1", 1);
    write("old-2", 1);
    journal.close();
    // As a process leaves them that died when it was about to delete them.
    byte[] bytes = Files.readAllBytes(files.get(0));
    java.util.Arrays.fill(bytes, 0, 16, (byte) 0);
    Files.write(files.get(0), bytes);
    journal = Journal.begin(files);
    write("new-1", 1);
    assertEquals(List.of("new-1"), left());
  }

  @Test
  void close_deletesFilesThatAreNotNeeded() throws IOException {
    long epoch = write("one", 1);
    journal.unpin(epoch, 1);
    journal.close();
    assertFalse(Files.exists(files.get(0)) || Files.exists(files.get(1)));
    assertFalse(Journal.isLeft(files));
    assertEquals(List.of(), left());
  }

  @Test
  void close_keepsFilesThatAreNeeded() throws IOException {
    write("one", 1);
    journal.close();
    assertEquals(List.of("one"), left());
  }

  @Test
  void closedJournal_takesNothing() throws IOException {
    write("one", 1);
    journal.close();
    JournalException refused = assertThrows(JournalException.class, () -> write("two", 1));
    assertFalse(refused.isUncertain());
    assertThrows(JournalException.class, () -> write("three", 1), "nor anything later");
    assertEquals(List.of("one"), left());
  }

  @Test
  void interruptedWriter_closesItForNobody() throws IOException {
    Thread.currentThread().interrupt();
    write("one", 1);
    assertTrue(Thread.interrupted(), "still interrupted");
    write("two", 1);
    assertEquals(List.of("one", "two"), left());
  }

  @Test
  void manyThreads_missNothing() throws IOException {
    int threads = 8;
    int each = 200;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<CompletableFuture<Void>> all = new ArrayList<>();
    Set<String> written = new TreeSet<>();
    for (int t = 0; t < threads; t++) {
      String name = "t" + t + "-";
      for (int i = 0; i < each; i++) {
        written.add(name + i);
      }
      all.add(CompletableFuture.runAsync(() -> write(name, each, t(name)), pool));
    }
    all.forEach(CompletableFuture::join);
    pool.shutdown();
    List<String> left = left();
    assertEquals(written, new TreeSet<>(left));
    assertEquals(threads * each, left.size());
    for (int t = 0; t < threads; t++) {
      String name = "t" + t + "-";
      List<String> own = left.stream().filter(record -> record.startsWith(name)).toList();
      for (int i = 0; i < each; i++) {
        assertEquals(name + i, own.get(i), "each in its order");
      }
    }
  }

  private static boolean t(String name) {
    return name.startsWith("t0");
  }

  /** One of them has the files turn, which happens only once, since all is needed. */
  private void write(String name, int count, boolean turns) {
    for (int i = 0; i < count; i++) {
      write(name + i, 1);
      if (turns) {
        journal.turn();
      }
    }
  }
}
