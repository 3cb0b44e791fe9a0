package org.mxrelay.smtp.queue.jdbc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.mxrelay.smtp.queue.QueueException;

/**
 * A database file: made if it is not there, made ours if it is empty, brought forward if an older
 * version of ours wrote it, refused and left as it is if it is anything else.
 */
final class SqliteFile {

  /** "mxrq": marks the file as ours in its header. */
  static final int APPLICATION = 0x6d787271;

  private final Path file;
  private final List<List<String>> versions;

  SqliteFile(Path file) {
    this(file, SqliteSchema.VERSIONS);
  }

  /**
   * @param versions what makes version 1 of nothing, version 2 of that, and so on
   */
  SqliteFile(Path file, List<List<String>> versions) {
    this.file = file;
    this.versions = versions;
  }

  /**
   * @throws QueueException if it cannot be opened, is not ours, or is of a later version
   */
  void prepare() {
    try {
      createIfAbsent(file);
      try (Connection connection = Sqlite.open(file, "EXCLUSIVE", Sqlite.PATIENCE)) {
        if (!isReady(connection)) {
          raise(connection);
        }
      }
    } catch (SQLException e) {
      throw new QueueException(file + ": " + e.getMessage(), e);
    }
  }

  private boolean isReady(Connection connection) throws SQLException {
    return version(connection) == versions.size();
  }

  /** The version of its tables; 0 if there are none. */
  private int version(Connection connection) throws SQLException {
    long application = number(connection, "PRAGMA application_id");
    if (application == 0 && number(connection, "SELECT count(*) FROM sqlite_master") == 0) {
      return 0;
    }
    if (application != APPLICATION) {
      throw new QueueException(file + " is a database of another application, not a queue");
    }
    int version = (int) number(connection, "PRAGMA user_version");
    if (version > versions.size()) {
      throw new QueueException(
          file
              + " has schema version "
              + version
              + ", but this library knows only up to "
              + versions.size()
              + ": a newer one wrote it");
    }
    return version;
  }

  /** Makes the tables, or brings them forward: all of it in one transaction, or nothing. */
  private void raise(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      connection.setAutoCommit(false);
      // Another process may have been faster.
      for (int version = version(connection); version < versions.size(); version++) {
        for (String ddl : versions.get(version)) {
          statement.execute(ddl);
        }
        statement.execute("PRAGMA user_version = " + (version + 1));
      }
      statement.execute("PRAGMA application_id = " + APPLICATION);
      connection.setAutoCommit(true);
    }
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /**
   * Makes an empty file that only its owner can read, since it will hold mail, with the directories
   * above it. A file that is there is not even opened: closing it again would drop the locks that
   * SQLite holds on it in this process.
   */
  static void createIfAbsent(Path file) {
    if (Files.exists(file)) {
      return;
    }
    try {
      Path parent = file.getParent();
      if (parent != null && !Files.isDirectory(parent)) {
        Files.createDirectories(parent, owner(parent, "rwx------"));
      }
      Files.createFile(file, owner(file, "rw-------"));
      if (parent != null) {
        sync(parent);
      }
    } catch (FileAlreadyExistsException e) {
      // Another process was faster.
    } catch (IOException e) {
      throw new QueueException("cannot create " + file + ": " + e, e);
    }
  }

  private static FileAttribute<?>[] owner(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** So that a power cut does not take the name away under which the file was made. */
  private static void sync(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Not every system opens directories; those that do not, sync names by themselves.
    }
  }
}
