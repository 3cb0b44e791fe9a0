package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.testkit.QueueMail;

final class JdbcUrlTest {

  @TempDir Path directory;

  @Test
  void sqliteUrl_isItsFile() {
    Path file = directory.resolve("mail.db");
    try (JdbcQueue queue = JdbcQueue.open("jdbc:sqlite:" + file);
        JdbcQueue same = JdbcQueue.sqlite(file)) {
      queue.add(QueueMail.many("m", 1, NOON, "x.example"));
      assertEquals(1, same.stats().due());
    }
  }

  @Test
  void dataSource_isTheCallers() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=60");
    try (JdbcQueue queue = JdbcQueue.on(database);
        JdbcQueue same = JdbcQueue.on(database)) {
      queue.add(QueueMail.many("m", 1, NOON, "x.example"));
      assertEquals(1, same.stats().due());
    }
  }

  @Test
  void noDriver_isRefusedWithoutTheSecrets() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> JdbcQueue.open("jdbc:nothing://me:secret@db/mail?password=secret"));
    assertTrue(e.getMessage().contains("jdbc:nothing://db/mail"), e.getMessage());
    assertFalse(e.getMessage().contains("secret"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db:5432/mail?user=a&password=b, jdbc:postgresql://db:5432/mail",
    "jdbc:mariadb://a:b@db/mail, jdbc:mariadb://db/mail",
    "jdbc:h2:mem:mail;USER=a;PASSWORD=b, jdbc:h2:mem:mail",
  })
  void storesName_hasNoSecrets(String url, String name) {
    assertEquals(name, Products.withoutSecrets(url));
  }

  @Test
  void outboxOnSqlite_isRefusedInWords() throws Exception {
    Path file = directory.resolve("mail.db");
    Submission mail = QueueMail.submission("m", NOON, "a@x.example");
    try (JdbcQueue queue = JdbcQueue.sqlite(file);
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      UnsupportedOperationException e =
          assertThrows(UnsupportedOperationException.class, () -> queue.add(connection, mail));
      assertTrue(e.getMessage().contains("SQLite"), e.getMessage());
      assertEquals(0, queue.stats().pending());
    }
  }

  @Test
  void sqliteInADataSource_isSentToItsFile() {
    QueueException e =
        assertThrows(
            QueueException.class,
            () ->
                JdbcQueueBuilder.server(
                        () -> DriverManager.getConnection("jdbc:sqlite:" + directory + "/x.db"))
                    .open());
    assertTrue(e.getMessage().contains("JdbcQueue.sqlite"), e.getMessage());
  }

  @Test
  void everyH2_saysThatItIsForTests() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:" + UUID.randomUUID())) {
      assertTrue(Products.of(connection).weaknesses(connection).get(0).contains("for tests"));
    }
  }
}
