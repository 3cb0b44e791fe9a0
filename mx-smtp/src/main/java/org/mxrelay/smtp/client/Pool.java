package org.mxrelay.smtp.client;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.mxrelay.routing.Route;
import org.mxrelay.tls.TlsDemand;

/**
 * Connections that wait for the next transaction, the one used last first.
 *
 * <p>Safe for use by several threads.
 */
final class Pool implements Watchdog.Watched {

  /** Idle connections cost the peers too: what is beyond this ends, the longest idle first. */
  private static final int MOST = 256;

  private final Limits limits;
  private final Watchdog watchdog;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Idle> idle = new ArrayDeque<>();
  private boolean watched;
  private boolean closed;

  Pool(Limits limits, Watchdog watchdog) {
    this.limits = limits;
    this.watchdog = watchdog;
  }

  /**
   * How long a connection is kept.
   *
   * @param maxIdle between two transactions; zero keeps none
   * @param maxMessages transactions of a connection at most
   * @param maxAge of a connection that is used again
   */
  record Limits(Duration maxIdle, int maxMessages, Duration maxAge) {

    /**
     * Whether a connection may have another transaction.
     *
     * @param underWay of those that it has begun and that do not count as had yet
     */
    boolean allow(SmtpConnection connection, int underWay) {
      int transactions = connection.age().transactions() + underWay;
      return transactions < maxMessages
          && connection.capabilities().limits().allowsAfter(transactions)
          && connection.age().openedWithin(maxAge)
          && !maxIdle.isZero();
    }
  }

  /**
   * Which sessions are alike: to the same address under the same name, with the same demands.
   *
   * @param origin a static route may have been logged in to, and others must not find it so
   * @param tls what was demanded when it was opened: no session may serve a stricter demand
   */
  record Key(InetSocketAddress address, String exchange, Origin origin, TlsDemand tls) {

    /** Whose word the route is. */
    enum Origin {
      OWNER,
      DNS
    }

    static Key of(Route route, TlsDemand tls) {
      boolean owner = route.origin() == Route.Origin.STATIC;
      return new Key(route.address(), route.exchange(), owner ? Origin.OWNER : Origin.DNS, tls);
    }
  }

  private record Idle(Key key, SmtpConnection connection) {}

  /** An idle connection that is open and about which the peer has not changed its mind. */
  Optional<SmtpConnection> take(Key key) {
    while (true) {
      Optional<SmtpConnection> found = remove(key);
      if (found.isEmpty() || found.get().isQuiet()) {
        return found;
      }
      found.get().quit();
    }
  }

  /** Whether there may be another transaction when the one that is under way is over. */
  boolean allowsAnother(SmtpConnection connection) {
    return limits.allow(connection, 1);
  }

  /** Keeps a connection for the next transaction, or ends it. */
  void give(Key key, SmtpConnection connection) {
    connection.age().transaction();
    if (!connection.isUsable() || !limits.allow(connection, 0)) {
      connection.quit();
      return;
    }
    connection.wire().uninterruptible();
    add(new Idle(key, connection)).forEach(SmtpConnection::quit);
  }

  /** Ends all that are idle, and from now on each that is given. */
  void close() {
    List<SmtpConnection> all = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      idle.forEach(i -> all.add(i.connection()));
      idle.clear();
    } finally {
      lock.unlock();
    }
    watchdog.forget(this);
    all.forEach(SmtpConnection::quit);
  }

  @Override
  public void look(long now) {
    List<SmtpConnection> late = new ArrayList<>();
    lock.lock();
    try {
      while (!idle.isEmpty()
          && !idle.getLast().connection().age().answeredWithin(limits.maxIdle())) {
        late.add(idle.removeLast().connection());
      }
      if (idle.isEmpty()) {
        watched = false;
        watchdog.forget(this);
      }
    } finally {
      lock.unlock();
    }
    // Six octets into a socket whose buffer is empty: this does not block.
    late.forEach(SmtpConnection::quit);
  }

  private Optional<SmtpConnection> remove(Key key) {
    lock.lock();
    try {
      for (Iterator<Idle> all = idle.iterator(); all.hasNext(); ) {
        Idle one = all.next();
        if (one.key().equals(key)) {
          all.remove();
          return Optional.of(one.connection());
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Adds it, and answers with what must go in its place. */
  private List<SmtpConnection> add(Idle one) {
    lock.lock();
    try {
      if (closed) {
        return List.of(one.connection());
      }
      idle.addFirst(one);
      if (!watched) {
        watched = true;
        watchdog.watch(this);
      }
      return idle.size() > MOST ? List.of(idle.removeLast().connection()) : List.of();
    } finally {
      lock.unlock();
    }
  }
}
