package org.mxrelay.smtp.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Places behind messages that have gone out and whose reply is awaited: the next envelope may go
 * out behind the final dot (RFC 2920, 3.1), and its sender has the connection when the reply has
 * come.
 *
 * <p>Safe for use by several threads.
 */
final class Convoy {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Pool.Key, Deque<Place>> free = new HashMap<>();

  /** A place for one transaction behind a message. Opened by who sent that. */
  static final class Place {

    private final Pool.Key key;
    private final SmtpConnection connection;
    private final CompletableFuture<Boolean> turn = new CompletableFuture<>();

    private Place(Pool.Key key, SmtpConnection connection) {
      this.key = key;
      this.connection = connection;
    }

    SmtpConnection connection() {
      return connection;
    }

    /**
     * Waits until the message in front has its answer.
     *
     * @return whether the connection can be used, and is the caller's now
     * @throws InterruptedException if the thread was interrupted first; the connection ends then,
     *     as soon as the message in front has its answer
     */
    boolean await() throws InterruptedException {
      try {
        return turn.get();
      } catch (InterruptedException e) {
        if (!turn.cancel(false) && turn.getNow(false)) {
          connection.kill();
        }
        throw e;
      } catch (ExecutionException e) {
        throw new AssertionError(e);
      }
    }

    /** The message in front has its answer: the connection is whose who waits behind it. */
    private void handOver() {
      boolean fit = connection.isUsable();
      connection.age().transaction();
      if (fit) {
        connection.awaitsNext();
      }
      if (!turn.complete(fit) || !fit) {
        // Who was behind has left, and what he said is still on its way.
        connection.kill();
      }
    }
  }

  /** Opens a place behind a message that has just gone out. */
  Place open(Pool.Key key, SmtpConnection connection) {
    Place place = new Place(key, connection);
    lock.lock();
    try {
      free.computeIfAbsent(key, k -> new ArrayDeque<>()).addLast(place);
    } finally {
      lock.unlock();
    }
    return place;
  }

  /** Takes a place, the one first whose message has waited longest. */
  Optional<Place> take(Pool.Key key) {
    lock.lock();
    try {
      Optional<Place> first = Optional.ofNullable(free.get(key)).map(Deque::pollFirst);
      free.computeIfPresent(key, (k, all) -> all.isEmpty() ? null : all);
      return first;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The message in front has its answer.
   *
   * @return whether somebody was behind, who has the connection now
   */
  boolean end(Place place) {
    if (withdraw(place)) {
      return false;
    }
    place.handOver();
    return true;
  }

  /** Takes the place back, if nobody has it yet. */
  private boolean withdraw(Place place) {
    lock.lock();
    try {
      Deque<Place> all = free.get(place.key);
      boolean unused = all != null && all.remove(place);
      free.computeIfPresent(place.key, (k, rest) -> rest.isEmpty() ? null : rest);
      return unused;
    } finally {
      lock.unlock();
    }
  }
}
