package org.mxrelay.smtp.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.backup.BackupMemory.Memo;
import org.mxrelay.smtp.backup.BackupMemory.Topic;

/** What a memory in a database must do, whatever the database. */
interface JdbcMemoryContract {

  Instant NOW = Instant.parse("2026-03-01T00:00:00.123456Z");

  /** The JDBC URL of a new and empty database. */
  String newDatabase();

  private static Memo memo(String text, Duration kept) {
    return new Memo(text, NOW, NOW.plus(kept));
  }

  @Test
  default void memos_areFoundUntilTheyAreSwept() {
    Memo old = memo("250 Ok", Duration.ofHours(1));
    Memo newer = memo("550 5.1.1 naïve? 試", Duration.ofDays(1));
    try (BackupMemory memory = JdbcMemory.open(newDatabase())) {
      assertEquals(Optional.empty(), memory.find(Topic.RECIPIENT, "ann"));
      for (Topic topic : Topic.values()) {
        memory.put(topic, "ann", old);
      }
      memory.put(Topic.RECIPIENT, "ann", newer);

      memory.sweep(old.until());

      assertEquals(Optional.of(newer), memory.find(Topic.RECIPIENT, "ann"));
      assertEquals(Optional.empty(), memory.find(Topic.MESSAGE, "ann"));
      assertEquals(Optional.empty(), memory.find(Topic.NOTICE, "ann"));
    }
  }

  @Test
  default void keys_areTakenAtTheirWord() {
    Memo one = memo("one", Duration.ofDays(1));
    Memo other = memo("other", Duration.ofDays(1));
    try (BackupMemory memory = JdbcMemory.open(newDatabase())) {
      memory.put(Topic.SENDER, "01JA", one);
      memory.put(Topic.SENDER, "01ja", other);
      memory.put(Topic.SENDER, "x".repeat(400), other);

      assertEquals(Optional.of(one), memory.find(Topic.SENDER, "01JA"));
      assertEquals(Optional.of(other), memory.find(Topic.SENDER, "01ja"));
      assertEquals(Optional.of(other), memory.find(Topic.SENDER, "x".repeat(400)));
      assertEquals(Optional.empty(), memory.find(Topic.SENDER, "01JA "));
    }
  }

  @Test
  default void sameMemoAgain_changesNothing() {
    Memo memo = memo("250 Ok", Duration.ofDays(1));
    try (BackupMemory memory = JdbcMemory.open(newDatabase())) {
      memory.put(Topic.RECIPIENT, "ann", memo);
      memory.put(Topic.RECIPIENT, "ann", memo);

      assertEquals(Optional.of(memo), memory.find(Topic.RECIPIENT, "ann"));
    }
  }

  @Test
  default void twoNodes_shareWhatEitherLearns() {
    String url = newDatabase();
    try (BackupMemory one = JdbcMemory.open(url);
        BackupMemory other = JdbcMemory.open(url)) {
      Memo memo = memo("250 Ok", Duration.ofDays(1));
      one.put(Topic.RECIPIENT, "ann", memo);
      assertEquals(Optional.of(memo), other.find(Topic.RECIPIENT, "ann"));
    }
    try (BackupMemory again = JdbcMemory.open(url)) {
      assertTrue(again.find(Topic.RECIPIENT, "ann").isPresent());
    }
  }

  @Test
  default void nodesThatLearnTheSameAtATime_bothSucceed() throws Exception {
    String url = newDatabase();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<BackupMemory> nodes = new ArrayList<>();
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int node = 0; node < 4; node++) {
        BackupMemory memory = JdbcMemory.open(url);
        nodes.add(memory);
        String text = "250 node " + node;
        all.add(threads.submit(() -> learn(memory, text)));
      }
      for (Future<?> one : all) {
        one.get();
      }
      for (int i = 0; i < 50; i++) {
        assertTrue(nodes.get(0).find(Topic.RECIPIENT, "r" + i).isPresent());
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } finally {
      threads.shutdownNow();
      nodes.forEach(BackupMemory::close);
    }
  }

  private static void learn(BackupMemory memory, String text) {
    for (int i = 0; i < 50; i++) {
      memory.put(Topic.RECIPIENT, "r" + i, memo(text, Duration.ofDays(1)));
    }
  }
}
