package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.testkit.QueueMail;

final class SqliteFileTest {

  @TempDir Path directory;

  @Test
  void newerSchema_isRefusedWithFileAndVersions() throws Exception {
    Path file = directory.resolve("newer.db");
    JdbcQueue.sqlite(file).close();
    RawSqlite.run(file, "PRAGMA user_version = 999");
    QueueException e = assertThrows(QueueException.class, () -> JdbcQueue.sqlite(file));
    assertTrue(e.getMessage().contains("newer.db"), e.getMessage());
    assertTrue(e.getMessage().contains("999"), e.getMessage());
    assertTrue(e.getMessage().contains("up to " + SqliteSchema.VERSIONS.size()), e.getMessage());
    assertEquals(999, RawSqlite.number(file, "PRAGMA user_version"));
  }

  @Test
  void olderSchema_isBroughtForwardStepByStepWithAllThatIsInIt() throws Exception {
    Path file = directory.resolve("older.db");
    try (JdbcQueue queue = JdbcQueue.sqlite(file)) {
      queue.add(QueueMail.many("m", 2, QueueMail.NOON, "x.example"));
    }
    List<List<String>> versions = new ArrayList<>(SqliteSchema.VERSIONS);
    versions.add(List.of("ALTER TABLE mx_delivery ADD COLUMN later INTEGER"));
    versions.add(List.of("UPDATE mx_delivery SET later = 7"));
    SqliteFile later = new SqliteFile(file, versions);
    later.prepare();
    later.prepare();
    assertEquals(14, RawSqlite.number(file, "SELECT sum(later) FROM mx_delivery"));
    assertEquals(versions.size(), RawSqlite.number(file, "PRAGMA user_version"));
    QueueException e = assertThrows(QueueException.class, () -> JdbcQueue.sqlite(file));
    assertTrue(e.getMessage().contains("a newer one wrote it"), e.getMessage());
  }

  @Test
  void stepThatFails_leavesTheOlderSchemaAsItWas() throws Exception {
    Path file = directory.resolve("older.db");
    JdbcQueue.sqlite(file).close();
    List<List<String>> versions = new ArrayList<>(SqliteSchema.VERSIONS);
    versions.add(List.of("CREATE TABLE mx_half (id INTEGER)"));
    versions.add(List.of("UPDATE mx_nothing SET x = 1"));
    SqliteFile later = new SqliteFile(file, versions);
    assertThrows(QueueException.class, later::prepare);
    assertEquals(
        0, RawSqlite.number(file, "SELECT count(*) FROM sqlite_master WHERE name = 'mx_half'"));
    try (JdbcQueue queue = JdbcQueue.sqlite(file)) {
      queue.add(QueueMail.many("m", 1, QueueMail.NOON, "x.example"));
    }
  }

  @Test
  void notADatabase_isRefusedAndLeftAsItIs() throws Exception {
    Path file = directory.resolve("letter.txt");
    byte[] text = "Dear Ann,\n".repeat(500).getBytes(StandardCharsets.UTF_8);
    Files.write(file, text);
    QueueException e = assertThrows(QueueException.class, () -> JdbcQueue.sqlite(file));
    assertTrue(e.getMessage().contains("letter.txt"), e.getMessage());
    assertArrayEquals(text, Files.readAllBytes(file));
  }

  @Test
  void databaseOfAnotherApplication_isRefusedAndLeftAsItIs() throws Exception {
    Path file = directory.resolve("shop.db");
    RawSqlite.run(file, "CREATE TABLE orders (id INTEGER)", "INSERT INTO orders VALUES (1)");
    byte[] before = Files.readAllBytes(file);
    QueueException e = assertThrows(QueueException.class, () -> JdbcQueue.sqlite(file));
    assertTrue(e.getMessage().contains("another application"), e.getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void directory_isRefused() {
    QueueException e = assertThrows(QueueException.class, () -> JdbcQueue.sqlite(directory));
    assertTrue(e.getMessage().contains(directory.toString()), e.getMessage());
  }

  @Test
  void newFile_isReadableByItsOwnerAlone() throws Exception {
    assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path file = directory.resolve("deep/er/mail.db");
    JdbcQueue.sqlite(file).close();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
  }

  @Test
  void everyCommit_isSyncedInAWriteAheadLog() throws Exception {
    Path file = directory.resolve("mail.db");
    JdbcQueue.sqlite(file).close();
    assertEquals("wal", RawSqlite.text(file, "PRAGMA journal_mode"));
    try (var connection = new Sqlite(file).connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA synchronous")) {
      assertTrue(row.next());
      assertEquals(2, row.getInt(1), "2 is FULL");
    }
  }
}
