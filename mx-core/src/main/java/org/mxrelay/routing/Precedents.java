package org.mxrelay.routing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.MxRecord;

/**
 * Decisions that further mail to the same domains may follow, one for each order of the exchanges
 * that chance has drawn. The least recently used give way. Thread-safe.
 */
final class Precedents {

  /** Of about a kilobyte each, and in no case more than ten. */
  private static final int MOST = 10_000;

  private static final int HEAVIEST = 60;

  /** A domain and the order in which its exchanges are looked at. */
  record Case(Domain domain, List<MxRecord> ordered) {

    Case {
      ordered = List.copyOf(ordered);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Case, Precedent> known = new LinkedHashMap<>(64, 0.75f, true);

  Optional<Precedent> find(Case like) {
    lock.lock();
    try {
      return Optional.ofNullable(known.get(like));
    } finally {
      lock.unlock();
    }
  }

  /** A domain so large that it would crowd out dozens is judged anew each time. */
  void keep(Case decided, Precedent precedent) {
    if (decided.ordered().size() + precedent.weight() > HEAVIEST) {
      return;
    }
    lock.lock();
    try {
      known.put(decided, precedent);
      if (known.size() > MOST) {
        known.remove(known.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }
}
