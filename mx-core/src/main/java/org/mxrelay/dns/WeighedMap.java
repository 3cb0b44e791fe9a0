package org.mxrelay.dns;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Something for each of a number of keys, within a weight for all of them; the least recently used
 * give way. Thread-safe.
 */
final class WeighedMap<K, V> {

  private record Entry<V>(V value, int weight) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>(64, 0.75f, true);
  private final int most;
  private int weight;

  /**
   * @param most how much all together may weigh
   */
  WeighedMap(int most) {
    this.most = most;
  }

  Optional<V> find(K key) {
    lock.lock();
    try {
      Entry<V> entry = entries.get(key);
      return entry == null ? Optional.empty() : Optional.of(entry.value());
    } finally {
      lock.unlock();
    }
  }

  /** What alone weighs too much is not put, and pushes nothing out. */
  void put(K key, V value, int ofWeight) {
    if (ofWeight > most) {
      return;
    }
    lock.lock();
    try {
      lighten(entries.put(key, new Entry<>(value, ofWeight)));
      weight += ofWeight;
      Iterator<Entry<V>> oldest = entries.values().iterator();
      while (weight > most) {
        weight -= oldest.next().weight();
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Removes just that value, not one that somebody has put in its place. */
  void remove(K key, V value) {
    lock.lock();
    try {
      Entry<V> entry = entries.get(key);
      if (entry != null && entry.value() == value) {
        lighten(entries.remove(key));
      }
    } finally {
      lock.unlock();
    }
  }

  private void lighten(@Nullable Entry<V> gone) {
    weight -= gone == null ? 0 : gone.weight();
  }
}
