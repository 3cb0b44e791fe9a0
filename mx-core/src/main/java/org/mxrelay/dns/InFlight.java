package org.mxrelay.dns;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds the number of queries that are under way, each of which costs a socket. Whoever finds no
 * room waits in line without holding a thread. Thread-safe.
 */
final class InFlight {

  /** Something that takes a place if it still wants to. */
  @FunctionalInterface
  interface Task {

    /**
     * @return false if it no longer wants to; otherwise it must call {@link #leave} once
     */
    boolean start();
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Task> waiting = new ArrayDeque<>();
  private int free;

  InFlight(int most) {
    this.free = most;
  }

  void enter(Task task) {
    lock.lock();
    try {
      if (free == 0) {
        waiting.add(task);
        return;
      }
      free--;
    } finally {
      lock.unlock();
    }
    if (!task.start()) {
      leave();
    }
  }

  void leave() {
    while (true) {
      Task next;
      lock.lock();
      try {
        next = waiting.poll();
        if (next == null) {
          free++;
          return;
        }
      } finally {
        lock.unlock();
      }
      if (next.start()) {
        return;
      }
    }
  }
}
