package org.mxrelay.tls;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.mxrelay.address.Domain;

/** Something for each of a number of domains; the least recently used give way. Thread-safe. */
final class BoundedMap<V> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Domain, V> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final int most;

  BoundedMap(int most) {
    this.most = most;
  }

  Optional<V> find(Domain domain) {
    lock.lock();
    try {
      return Optional.ofNullable(entries.get(domain));
    } finally {
      lock.unlock();
    }
  }

  List<Domain> domains() {
    lock.lock();
    try {
      return List.copyOf(entries.keySet());
    } finally {
      lock.unlock();
    }
  }

  void put(Domain domain, V value) {
    lock.lock();
    try {
      entries.put(domain, value);
      if (entries.size() > most) {
        Iterator<V> eldest = entries.values().iterator();
        eldest.next();
        eldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  void remove(Domain domain) {
    lock.lock();
    try {
      entries.remove(domain);
    } finally {
      lock.unlock();
    }
  }
}
