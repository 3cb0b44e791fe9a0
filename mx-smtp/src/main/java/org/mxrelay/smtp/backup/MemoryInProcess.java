package org.mxrelay.smtp.backup;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A memory that ends with the process. Of each topic it keeps the 100,000 facts that were learnt
 * last.
 *
 * <p>Safe for use by several threads.
 */
public final class MemoryInProcess implements BackupMemory {

  private static final int MOST = 100_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Topic, Map<String, Memo>> all = new EnumMap<>(Topic.class);

  private MemoryInProcess() {
    for (Topic topic : Topic.values()) {
      all.put(topic, new LinkedHashMap<>());
    }
  }

  /** An empty one. */
  public static MemoryInProcess create() {
    return new MemoryInProcess();
  }

  @Override
  public Optional<Memo> find(Topic topic, String key) {
    lock.lock();
    try {
      return Optional.ofNullable(of(topic).get(key));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void put(Topic topic, String key, Memo memo) {
    lock.lock();
    try {
      Map<String, Memo> facts = of(topic);
      facts.remove(key);
      facts.put(key, memo);
      if (facts.size() > MOST) {
        facts.remove(facts.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void sweep(Instant now) {
    lock.lock();
    try {
      all.values().forEach(facts -> facts.values().removeIf(m -> !now.isBefore(m.until())));
    } finally {
      lock.unlock();
    }
  }

  private Map<String, Memo> of(Topic topic) {
    return all.getOrDefault(topic, Map.of());
  }
}
