package org.mxrelay.smtp.backup;

import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A memory whose failures are logged and cost what it would have known.
 *
 * <p>Safe for use by several threads.
 */
record ForgivingMemory(BackupMemory memory) implements BackupMemory {

  private static final Logger log = LoggerFactory.getLogger(ForgivingMemory.class);

  @Override
  public Optional<Memo> find(Topic topic, String key) {
    try {
      return memory.find(topic, key);
    } catch (RuntimeException e) {
      log.warn("nothing can be remembered of a {}", topic.word(), e);
      return Optional.empty();
    }
  }

  @Override
  public void put(Topic topic, String key, Memo memo) {
    try {
      memory.put(topic, key, memo);
    } catch (RuntimeException e) {
      log.warn("a {} cannot be remembered", topic.word(), e);
    }
  }

  @Override
  public void sweep(Instant now) {
    try {
      memory.sweep(now);
    } catch (RuntimeException e) {
      log.warn("what is out of date cannot be forgotten", e);
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
