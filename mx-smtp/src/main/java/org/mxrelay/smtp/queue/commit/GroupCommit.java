package org.mxrelay.smtp.queue.commit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Lets callers share a commit: the first one becomes the leader and commits for all who came while
 * the one before was committing; the others wait, uninterruptibly, since the answer must not be
 * lost.
 *
 * <p>Safe for use by several threads. One at a time commits, without any lock of this.
 *
 * @param <T> what a caller brings, and finds the answer in
 */
public final class GroupCommit<T> {

  private final int most;
  private final long linger;
  private final Consumer<List<T>> commit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition gathered = lock.newCondition();
  private final Condition idle = lock.newCondition();
  private List<Seat<T>> waiting = new ArrayList<>();
  private int expected = 1;
  private boolean committing;
  private boolean closed;

  /**
   * @param most in a group, at least 1
   * @param linger how long a leader waits for as many as shared the last commit, to share one again
   * @param commit commits for all of a group, and tells each what came of it
   */
  public GroupCommit(int most, Duration linger, Consumer<List<T>> commit) {
    this.most = most;
    this.linger = linger.toNanos();
    this.commit = commit;
  }

  /** A caller who waits. Guarded by the lock. */
  private static final class Seat<T> {
    final T member;
    final Condition turn;
    boolean done;

    Seat(T member, Condition turn) {
      this.member = member;
      this.turn = turn;
    }
  }

  /**
   * Returns when there was a commit for a group with this in it. What the commit throws, the leader
   * of its group throws.
   *
   * @return false if there was none, and never will be, because this is closed
   */
  public boolean join(T member) {
    Seat<T> seat = new Seat<>(member, lock.newCondition());
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      waiting.add(seat);
      if (waiting.size() >= expected) {
        gathered.signal();
      }
      while (!seat.done) {
        if (committing) {
          seat.turn.awaitUninterruptibly();
        } else {
          lead();
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Callers that wait for each other come back together; a lone one is not kept waiting. */
  private void gather() {
    long left = linger;
    try {
      while (waiting.size() < expected && left > 0) {
        left = gathered.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // Being interrupted is no reason not to store.
      Thread.currentThread().interrupt();
    }
  }

  private void lead() {
    committing = true;
    gather();
    List<Seat<T>> group = new ArrayList<>(waiting.subList(0, Math.min(most, waiting.size())));
    waiting = new ArrayList<>(waiting.subList(group.size(), waiting.size()));
    expected = group.size();
    lock.unlock();
    try {
      commit.accept(group.stream().map(seat -> seat.member).toList());
    } finally {
      lock.lock();
      committing = false;
      for (Seat<T> seat : group) {
        seat.done = true;
        seat.turn.signal();
      }
      if (waiting.isEmpty()) {
        idle.signalAll();
      } else {
        waiting.get(0).turn.signal();
      }
    }
  }

  /** How many wait for the one who is committing. */
  public int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Does something that keeps everybody from committing, unless somebody is about to. */
  public void ifIdle(Runnable action) {
    lock.lock();
    try {
      if (!committing && waiting.isEmpty()) {
        action.run();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes nobody more, and waits for those who are in it. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      while (committing || !waiting.isEmpty()) {
        idle.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
