package org.mxrelay.smtp.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where attempts wait for their outcomes to be stored, while those who made them go on. Whoever
 * comes when nobody stores does it, for all who come meanwhile: they share a call of the store, and
 * so a sync.
 *
 * <p>Safe for use by several threads.
 */
final class SettleLine {

  /** So many outcomes may be unstored: their messages are sent again if the process dies (G5). */
  static final int MOST = 256;

  private final Ledger ledger;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private List<Unsettled> waiting = new ArrayList<>();
  private int unsettled;
  private boolean storing;

  SettleLine(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * Has an outcome stored and told, by this thread or another. Blocks while too many wait.
   *
   * @param one whose work the calling thread took over
   */
  void add(Unsettled one) {
    one.work().line();
    lock.lock();
    try {
      while (unsettled >= MOST) {
        changed.awaitUninterruptibly();
      }
      unsettled++;
      waiting.add(one);
      if (storing) {
        return;
      }
      storing = true;
    } finally {
      lock.unlock();
    }
    lead();
  }

  private void lead() {
    boolean through = false;
    try {
      for (List<Unsettled> all = take(); !all.isEmpty(); all = take()) {
        try {
          ledger.store(all);
        } finally {
          stored(all.size());
        }
      }
      through = true;
    } finally {
      if (!through) {
        // An error of the JVM: the next one to come must not wait for us.
        resign();
      }
    }
  }

  /** All that wait; with nobody left, the next one to come stores. */
  private List<Unsettled> take() {
    lock.lock();
    try {
      List<Unsettled> all = waiting;
      waiting = new ArrayList<>();
      storing = !all.isEmpty();
      return all;
    } finally {
      lock.unlock();
    }
  }

  private void stored(int count) {
    lock.lock();
    try {
      unsettled -= count;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void resign() {
    lock.lock();
    try {
      storing = false;
    } finally {
      lock.unlock();
    }
  }

  /** From now on a store that fails is not asked again. */
  void hurry() {
    ledger.hurry();
  }

  /** Waits until all that came is stored or given up. */
  void awaitEmpty() {
    lock.lock();
    try {
      while (unsettled > 0) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
