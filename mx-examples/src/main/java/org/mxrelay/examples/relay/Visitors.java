package org.mxrelay.examples.relay;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.backup.ClientFacts;
import org.mxrelay.smtp.backup.InboundSession;
import org.mxrelay.smtp.client.Watchdog;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/**
 * The clients that are there.
 *
 * <p>Safe for use by several threads.
 */
final class Visitors implements SessionHandler {

  private final GatewayOptions.Limits limits;
  private final ClientNames names;
  private final Function<ClientFacts, InboundSession> backup;
  private final Watchdog watchdog;
  private final Map<Session, Visitor> all = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition fewer = lock.newCondition();
  private volatile boolean closing;

  Visitors(
      GatewayOptions.Limits limits,
      ClientNames names,
      Function<ClientFacts, InboundSession> backup,
      Watchdog watchdog) {
    this.limits = limits;
    this.names = names;
    this.backup = backup;
    this.watchdog = watchdog;
  }

  @Override
  public SessionAcceptance accept(Session session) {
    if (closing) {
      return refusal(Said.STOPPING);
    }
    Visitor visitor =
        new Visitor(session, names.of(session.getRemoteAddress().getAddress()), backup);
    all.put(session, visitor);
    if (countOf(visitor.address()) > limits.connectionsOfOne()) {
      // The server calls onSessionEnd for those alone that were accepted.
      all.remove(session);
      return refusal(Said.TOO_MANY_CONNECTIONS);
    }
    visitor.owes(limits.command());
    watchdog.watch(visitor);
    return SessionAcceptance.success();
  }

  private static SessionAcceptance refusal(Reply reply) {
    return SessionAcceptance.failure(reply.code(), reply.text());
  }

  private long countOf(InetAddress address) {
    return all.values().stream().filter(v -> v.address().equals(address)).count();
  }

  /** Called for those that were accepted. */
  @Override
  public void onSessionEnd(Session session) {
    Visitor gone = all.remove(session);
    if (gone != null) {
      watchdog.forget(gone);
      gone.leaves();
    }
    signal();
  }

  @Nullable Visitor of(Session session) {
    return all.get(session);
  }

  /** A command was answered: the next one is up to the client. */
  void servedOne(Visitor visitor) {
    visitor.owes(limits.command());
    visitor.waits();
    if (closing) {
      visitor.dismiss();
    }
  }

  /** Serves nobody anew, and waits for those who are being served. */
  void dismiss(Duration within) throws InterruptedException {
    closing = true;
    long left = within.toNanos();
    lock.lock();
    try {
      while (!areGone() && left > 0) {
        left = fewer.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean areGone() {
    List<Visitor> served = new ArrayList<>(all.values());
    served.removeIf(Visitor::dismiss);
    return served.isEmpty();
  }

  private void signal() {
    lock.lock();
    try {
      fewer.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
