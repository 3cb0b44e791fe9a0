package org.mxrelay.smtp.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.backup.BackupMemory.Memo;
import org.mxrelay.smtp.backup.BackupMemory.Topic;
import org.mxrelay.smtp.queue.QueueException;

class BackupMemoryTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00.123456Z");
  private static final Memo OLD = new Memo("250 Ok", NOW, NOW.plus(Duration.ofHours(1)));
  private static final Memo NEW = new Memo("550 5.1.1 naïve?", NOW, NOW.plus(Duration.ofDays(1)));

  @TempDir Path directory;

  @Test
  void inProcess_remembersAndForgets() {
    check(MemoryInProcess.create());
  }

  @Test
  void sqlite_remembersAndForgets() {
    check(JdbcMemory.open("jdbc:sqlite:" + directory.resolve("memory.db")));
  }

  @Test
  void h2_remembersAndForgets() {
    check(JdbcMemory.open("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1"));
  }

  private static void check(BackupMemory memory) {
    try (memory) {
      assertEquals(Optional.empty(), memory.find(Topic.RECIPIENT, "ann"));
      memory.put(Topic.RECIPIENT, "ann", OLD);
      memory.put(Topic.MESSAGE, "ann", OLD);
      memory.put(Topic.RECIPIENT, "ann", NEW);
      assertEquals(Optional.of(NEW), memory.find(Topic.RECIPIENT, "ann"));
      assertEquals(Optional.of(OLD), memory.find(Topic.MESSAGE, "ann"));
      assertEquals(Optional.empty(), memory.find(Topic.SENDER, "ann"));

      memory.sweep(OLD.until());

      assertEquals(Optional.of(NEW), memory.find(Topic.RECIPIENT, "ann"));
      assertEquals(Optional.empty(), memory.find(Topic.MESSAGE, "ann"));
    }
  }

  @Test
  void sqlite_survivesTheProcessAndServesTwo() {
    Supplier<BackupMemory> open =
        () -> JdbcMemory.open("jdbc:sqlite:" + directory.resolve("memory.db"));
    try (BackupMemory one = open.get();
        BackupMemory other = open.get()) {
      one.put(Topic.SENDER, "4711", OLD);
      other.put(Topic.SENDER, "4711", NEW);
      assertEquals(Optional.of(NEW), one.find(Topic.SENDER, "4711"));
    }
    try (BackupMemory again = open.get()) {
      assertEquals(Optional.of(NEW), again.find(Topic.SENDER, "4711"));
    }
  }

  @Test
  void failingStore_isAsIfNothingWereRemembered() {
    assertThrows(
        QueueException.class, () -> JdbcMemory.open("jdbc:sqlite:" + directory + "/no/such.db"));
    BackupMemory broken =
        new BackupMemory() {
          @Override
          public Optional<Memo> find(Topic topic, String key) {
            throw new QueueException("gone", new IllegalStateException());
          }

          @Override
          public void put(Topic topic, String key, Memo memo) {
            throw new QueueException("gone", new IllegalStateException());
          }

          @Override
          public void sweep(Instant now) {
            throw new QueueException("gone", new IllegalStateException());
          }
        };
    BackupMemory forgiving = new ForgivingMemory(broken);

    assertEquals(Optional.empty(), forgiving.find(Topic.SENDER, "4711"));
    forgiving.put(Topic.SENDER, "4711", OLD);
    forgiving.sweep(NOW);
  }
}
