package org.mxrelay.smtp.queue.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers, who need some of it, while files are turned, tidied and at last closed under them. */
final class BusyJournalTest {

  private static final int THREADS = 6;
  private static final int EACH = 300;

  @TempDir Path directory;

  private final long seed = Long.getLong("mx.seed", 20260301L);
  private final Set<Long> needed = ConcurrentHashMap.newKeySet();
  private List<Path> files = List.of();

  private Journal begin(String name) throws IOException {
    files = Journal.files(directory.resolve(name));
    for (Path file : files) {
      Files.createFile(file);
    }
    return Journal.begin(files);
  }

  private Set<Long> left() throws IOException {
    Set<Long> left = new HashSet<>();
    Journal.read(
        files, record -> assertTrue(left.add(ByteBuffer.wrap(record).getLong()), "read twice"));
    return left;
  }

  private static byte[] record(long number, Random random) {
    return ByteBuffer.allocate(8 + random.nextInt(500)).putLong(number).array();
  }

  @Test
  void turnedAndTidied_keepsAllThatIsNeeded() throws Exception {
    Journal journal = begin("tidy");
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int thread = t;
      writers.add(CompletableFuture.runAsync(() -> write(journal, thread), pool));
    }
    writers.forEach(CompletableFuture::join);
    pool.shutdown();
    Set<Long> left = left();
    assertTrue(left.containsAll(needed), "seed " + seed);
    assertEquals(THREADS * 3, needed.size());
  }

  /** Of the last three nobody says that they are no longer needed. */
  private void write(Journal journal, int thread) {
    Random random = new Random(seed + thread);
    for (int i = 0; i < EACH; i++) {
      long number = thread * 1_000_000L + i;
      long epoch = journal.write(record(number, random), 1);
      if (i < EACH - 3) {
        journal.unpin(epoch, 1);
      } else {
        needed.add(number);
      }
      keep(journal, random.nextInt(4));
    }
  }

  private static void keep(Journal journal, int what) {
    if (what == 0) {
      journal.turn();
    } else if (what == 1) {
      journal.tidy();
    }
  }

  @Test
  void closedUnderItsWriters_keepsAllThatWasWritten() throws Exception {
    for (int round = 0; round < 30; round++) {
      needed.clear();
      Journal journal = begin("close" + round);
      ExecutorService pool = Executors.newFixedThreadPool(THREADS);
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int thread = t;
        writers.add(CompletableFuture.runAsync(() -> writeUntilClosed(journal, thread), pool));
      }
      if (round % 2 == 0) {
        journal.write(record(-1, new Random(seed)), 1);
        needed.add(-1L);
      }
      journal.close();
      writers.forEach(CompletableFuture::join);
      pool.shutdown();
      assertEquals(needed, left(), "round " + round);
      assertFalse(needed.isEmpty() && Files.exists(files.get(0)));
    }
  }

  private void writeUntilClosed(Journal journal, int thread) {
    Random random = new Random(seed + thread);
    for (long i = 0; true; i++) {
      long number = thread * 1_000_000L + i;
      try {
        journal.write(record(number, random), 1);
      } catch (JournalException e) {
        assertFalse(e.isUncertain(), e.toString());
        return;
      }
      needed.add(number);
    }
  }
}
