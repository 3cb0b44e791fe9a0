package org.mxrelay.tls;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Something for each of a number of keys; the least recently used give way. Thread-safe. */
final class BoundedMap<K, V> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final int most;

  BoundedMap(int most) {
    this.most = most;
  }

  Optional<V> find(K key) {
    lock.lock();
    try {
      return Optional.ofNullable(entries.get(key));
    } finally {
      lock.unlock();
    }
  }

  List<K> keys() {
    lock.lock();
    try {
      return List.copyOf(entries.keySet());
    } finally {
      lock.unlock();
    }
  }

  void put(K key, V value) {
    lock.lock();
    try {
      entries.put(key, value);
      if (entries.size() > most) {
        Iterator<V> eldest = entries.values().iterator();
        eldest.next();
        eldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  void remove(K key) {
    lock.lock();
    try {
      entries.remove(key);
    } finally {
      lock.unlock();
    }
  }
}
