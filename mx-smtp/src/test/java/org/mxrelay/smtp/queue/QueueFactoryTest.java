package org.mxrelay.smtp.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.queue.jdbc.JdbcQueue;
import org.mxrelay.smtp.testkit.QueueMail;

class QueueFactoryTest {

  @TempDir Path folder;

  @Test
  void builtInQueues_haveNames() {
    Path file = folder.resolve("mail.db");
    try (DeliveryQueue memory = QueueFactory.named("memory").open(Map.of());
        DeliveryQueue sqlite = QueueFactory.named("sqlite").open(Map.of("file", "" + file))) {
      assertInstanceOf(InMemoryQueue.class, memory);
      assertInstanceOf(JdbcQueue.class, sqlite);
      assertTrue(Files.exists(file));
    }
  }

  @Test
  void whatIsMissingOrUnknown_isNamed() {
    QueueFactory sqlite = QueueFactory.named("sqlite");
    assertTrue(refusal(sqlite, Map.of()).contains("option file is missing"));
    assertTrue(
        refusal(sqlite, Map.of("path", "x"))
            .contains("no option path; it has [file, journal, retention]"));
    Map<String, String> ever = Map.of("file", "" + folder.resolve("x.db"), "retention", "ever");
    assertTrue(refusal(sqlite, ever).contains("retention=ever: not a duration"));
    Map<String, String> maybe = Map.of("file", "" + folder.resolve("x.db"), "journal", "maybe");
    assertTrue(refusal(sqlite, maybe).contains("journal=maybe: neither on nor off"));
    assertThrows(IllegalArgumentException.class, () -> QueueFactory.named("shoebox"));
  }

  @Test
  void retention_isHowLongOutcomesAreKept() {
    Map<String, String> options = Map.of("file", "" + folder.resolve("m.db"), "retention", "1d");
    try (DeliveryQueue queue = QueueFactory.named("sqlite").open(options)) {
      Instant before = Instant.now().minus(Duration.ofHours(25));
      queue.add(QueueMail.many("m", 1, before, "x.example"));
      Lease lease = queue.claim(QueueMail.everything(before)).get(0);
      queue.settle(List.of(QueueMail.relayed(lease, before)));
      assertEquals(1, queue.outcomes(0, 10).size());
      queue.claim(QueueMail.everything(Instant.now()));
      assertEquals(0, queue.outcomes(0, 10).size());
    }
  }

  @Test
  void journal_isThereUnlessItIsTurnedOff() {
    assertTrue(hasJournal(Map.of("file", "" + folder.resolve("with.db"), "journal", "on")));
    assertTrue(hasJournal(Map.of("file", "" + folder.resolve("too.db"))));
    assertFalse(hasJournal(Map.of("file", "" + folder.resolve("without.db"), "journal", "off")));
  }

  private static boolean hasJournal(Map<String, String> options) {
    try (DeliveryQueue queue = QueueFactory.named("sqlite").open(options)) {
      queue.attach();
      return Files.exists(Path.of(options.get("file") + ".incoming-0"));
    }
  }

  private static String refusal(QueueFactory factory, Map<String, String> options) {
    return assertThrows(IllegalArgumentException.class, () -> factory.open(options)).getMessage();
  }
}
