package org.mxrelay.smtp.queue.jdbc;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.mxrelay.retry.Durations;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.QueueFactory;
import org.mxrelay.smtp.services.OptionWords;

/** The queue in an SQLite file by its name, {@code sqlite}. Immutable. */
public final class SqliteQueueFactory implements QueueFactory {

  /** For {@link java.util.ServiceLoader}. */
  public SqliteQueueFactory() {}

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        "file",
        "the database file, made if it does not exist",
        "retention",
        "how long final outcomes are kept, such as 30d; 7d if left out",
        "journal",
        "on, or off: fresh mail goes past the tables at first, or does not; on if left out");
  }

  @Override
  public DeliveryQueue create(Map<String, String> given) {
    OptionWords words = new OptionWords("queue sqlite", given);
    String file = words.required("file");
    JdbcQueueBuilder builder;
    try {
      builder = JdbcQueue.sqliteBuilder(Path.of(file));
    } catch (InvalidPathException e) {
      throw words.refused("file", file, "not a path: " + e.getReason());
    }
    words.text("retention").ifPresent(text -> builder.retention(retention(words, text)));
    words.text("journal").filter(text -> isOff(words, text)).ifPresent(off -> builder.noJournal());
    return builder.open();
  }

  private static boolean isOff(OptionWords words, String text) {
    if (!text.equals("on") && !text.equals("off")) {
      throw words.refused("journal", text, "neither on nor off");
    }
    return text.equals("off");
  }

  private static Duration retention(OptionWords words, String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw words.refused("retention", text, "not a duration such as 12h or 7d");
    }
  }
}
