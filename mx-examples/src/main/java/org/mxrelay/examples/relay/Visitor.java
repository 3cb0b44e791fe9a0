package org.mxrelay.examples.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.backup.ClientFacts;
import org.mxrelay.smtp.backup.ClientFacts.Protocol;
import org.mxrelay.smtp.backup.InboundSession;
import org.mxrelay.smtp.client.Watchdog;
import org.subethamail.smtp.server.Session;

/**
 * A client and how far it has come. Has a deadline for what the client owes, which no dripping of
 * single octets moves.
 *
 * <p>Confined to the thread of its session, but for {@link #look} and {@link #dismiss}.
 */
final class Visitor implements Watchdog.Watched {

  private enum Life {
    WAITING,
    SERVED,
    GONE
  }

  private static final long NONE = Long.MAX_VALUE;

  private final Session session;
  private final InetAddress address;
  private final CompletableFuture<Optional<String>> name;
  private final Function<ClientFacts, InboundSession> backup;
  private final AtomicReference<Life> life = new AtomicReference<>(Life.WAITING);
  private final AtomicLong until = new AtomicLong(NONE);
  private Optional<String> helo = Optional.empty();
  private Protocol protocol = Protocol.SMTP;
  private @Nullable InboundSession inbound;
  private int recipients = -1;
  private int errors;

  Visitor(
      Session session,
      CompletableFuture<Optional<String>> name,
      Function<ClientFacts, InboundSession> backup) {
    this.session = session;
    this.address = session.getRemoteAddress().getAddress();
    this.name = name;
    this.backup = backup;
  }

  Session session() {
    return session;
  }

  InetAddress address() {
    return address;
  }

  boolean hasGreeted() {
    return helo.isPresent();
  }

  /** HELO or EHLO: whatever there was is over. */
  void greets(String as, Protocol in) {
    leaves();
    helo = Optional.of(as);
    protocol = in;
  }

  /** STARTTLS: everything that was said before is forgotten (RFC 3207, 4.2). */
  void secured() {
    leaves();
    helo = Optional.empty();
    protocol = Protocol.SMTP;
  }

  /** The session with the backup, which begins with the first MAIL. */
  InboundSession inbound() {
    InboundSession open = inbound;
    if (open == null) {
      open = backup.apply(new ClientFacts(address, name.join(), helo.orElse(""), protocol));
      inbound = open;
    }
    return open;
  }

  boolean inTransaction() {
    return recipients >= 0;
  }

  int recipients() {
    return recipients;
  }

  void begins() {
    recipients = 0;
  }

  void addRecipient() {
    recipients++;
  }

  /** The transaction is over, however it ended. */
  void ends() {
    recipients = -1;
  }

  void resets() {
    ends();
    if (inbound != null) {
      inbound.reset();
    }
  }

  /** The connection, or all that was said on it, is over. */
  void leaves() {
    ends();
    if (inbound != null) {
      inbound.close();
      inbound = null;
    }
  }

  int countError() {
    return ++errors;
  }

  /** It is its turn; false if it was dismissed. */
  boolean isServed() {
    until.set(NONE);
    return life.compareAndSet(Life.WAITING, Life.SERVED);
  }

  /** The next is up to the client, within that time. */
  void owes(Duration within) {
    until.set(System.nanoTime() + within.toNanos());
  }

  /** Nothing is. */
  void owesNothing() {
    until.set(NONE);
  }

  void waits() {
    life.compareAndSet(Life.SERVED, Life.WAITING);
  }

  /** Says goodbye, unless it is being served; whether it is gone. */
  boolean dismiss() {
    boolean idle = life.compareAndSet(Life.WAITING, Life.GONE);
    if (idle) {
      try {
        session.sendResponse(ReplyLines.text(Said.STOPPING));
      } catch (IOException e) {
        // It is gone already.
      }
      session.quit();
    }
    return life.get() == Life.GONE;
  }

  @Override
  public void look(long now) {
    long late = until.get();
    if (late != NONE && now - late >= 0 && until.compareAndSet(late, NONE)) {
      session.quit();
    }
  }
}
