package org.mxrelay.examples.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.mxrelay.smtp.backup.BackupMemory;
import org.mxrelay.smtp.backup.JdbcMemory;
import org.mxrelay.smtp.backup.MemoryInProcess;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.jdbc.JdbcQueue;

/**
 * Where messages are kept, as given on the command line.
 *
 * @param text {@code memory:}, {@code sqlite:PATH}, {@code jdbc:...}, or the name of a queue that
 *     is found on the path, with options: {@code NAME:KEY=VALUE,...}
 */
record QueueUrl(String text) {

  private static final String SQLITE = "sqlite:";
  private static final String JDBC = "jdbc:";

  /** Who connects, and how, is not repeated in messages. */
  private static final Pattern SECRETS = Pattern.compile("(?<=//)[^/@]*@|[?;].*");

  /** What {@link NamedQueue} may find. */
  private static final Pattern NAMED = Pattern.compile("[a-z][a-z0-9-]*:([^=,]+=.*)?");

  QueueUrl {
    boolean known = text.equals("memory:") || text.startsWith(SQLITE) || text.startsWith(JDBC);
    boolean named = !known && NAMED.matcher(text).matches();
    if (!(known || named) || text.equals(SQLITE)) {
      throw refused(text, "expected memory:, sqlite:PATH, jdbc:... or NAME:KEY=VALUE,...");
    }
    if (text.startsWith(JDBC)) {
      checkDriver(text);
    }
  }

  private static void checkDriver(String url) {
    try {
      JdbcQueue.builder(url);
    } catch (IllegalArgumentException e) {
      throw refused(
          url, "no store for it; there are jdbc:postgresql:, jdbc:mariadb:, jdbc:h2: and sqlite:");
    }
  }

  /** A file of the user's own: the XDG data folder, or its usual place. */
  static QueueUrl ofUser(Map<String, String> environment) {
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    Path folder =
        data.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(data);
    return new QueueUrl(SQLITE + folder.resolve("mxrelay").resolve("queue.db"));
  }

  boolean isMemory() {
    return text.equals("memory:");
  }

  boolean isDatabase() {
    return text.startsWith(JDBC);
  }

  private boolean isNamed() {
    return !isMemory() && !isDatabase() && !text.startsWith(SQLITE);
  }

  /** Opens it, and makes it if it does not exist. */
  Store open() {
    if (isDatabase()) {
      JdbcQueue queue = JdbcQueue.open(text);
      return new Store(queue, queue);
    }
    if (isMemory()) {
      InMemoryQueue queue = InMemoryQueue.create();
      return new Store(queue, queue);
    }
    if (isNamed()) {
      return NamedQueue.open(text);
    }
    try {
      JdbcQueue queue = JdbcQueue.sqlite(file());
      return new Store(queue, queue);
    } catch (QueueException e) {
      throw refused(text, Failures.reason(e));
    }
  }

  /** What a backup remembers beside such a queue: as durable as that is, where it can be. */
  BackupMemory memory() {
    if (isDatabase()) {
      return JdbcMemory.open(text);
    }
    // On SQLite a file of its own: the queue's has one writer at a time.
    return text.startsWith(SQLITE)
        ? JdbcMemory.open("jdbc:sqlite:" + file() + ".memory")
        : MemoryInProcess.create();
  }

  /** Opens one that exists: to look into a queue must not make one. */
  Store openExisting() {
    if (isMemory()) {
      throw refused(text, "a queue in memory ends with its process: there is nothing to look at");
    }
    if (text.startsWith(SQLITE) && !Files.exists(file())) {
      throw refused(text, "no such file");
    }
    return open();
  }

  private Path file() {
    try {
      return Path.of(text.substring(SQLITE.length()));
    } catch (InvalidPathException e) {
      throw refused(text, "not a path: " + e.getReason());
    }
  }

  /** As it may be repeated in messages. */
  String shown() {
    return shown(text);
  }

  private static String shown(String url) {
    return url.startsWith(JDBC) ? SECRETS.matcher(url).replaceAll("") : url;
  }

  private static UsageError refused(String url, String why) {
    return UsageError.of("--queue", shown(url), why);
  }
}
