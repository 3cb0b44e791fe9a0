package org.mxrelay.smtp.client;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.mxrelay.address.Destination;
import org.mxrelay.address.Domain;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.SelfNames;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.Connector;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.smtp.transport.Transport;

/**
 * The default transport: an SMTP client (RFC 5321) that pipelines, keeps connections for the next
 * message, and knows whether a message may have been taken.
 *
 * <p>An attempt blocks its thread. An interrupt ends it before the last byte of the message, except
 * while the connection is being made; after the last byte it changes nothing on a platform thread.
 * (The JDK closes the socket of a virtual thread that is interrupted: the attempt then ends without
 * a reply, as uncertain.)
 *
 * <p>Safe for use by several threads.
 */
public final class SmtpTransport implements Transport {

  private final Opening opening;
  private final Watchdog watchdog;
  private final Pool pool;
  private final SmtpAttempts attempts;

  private SmtpTransport(Builder with) {
    this.watchdog = new Watchdog(with.threads);
    this.pool = new Pool(new Pool.Limits(with.maxIdle, with.maxMessages, with.maxAge), watchdog);
    this.opening =
        new Opening(
            with.connector,
            with.timeouts,
            watchdog,
            new TlsClient(with.verifying, with.clock),
            with.helo,
            with.self,
            with.smartHost,
            with.random);
    this.attempts = new SmtpAttempts(opening, pool, with.chunking, with.pipelining);
  }

  /** Starts with the defaults: RFC 5321's timeouts, a direct connection, the JDK's trust store. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public AttemptResult attempt(Transaction transaction) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the attempt");
    }
    return attempts.make(transaction);
  }

  /**
   * Connects and reads the greeting; the rest is the caller's, one command at a time.
   *
   * @throws SessionBrokenException if there is no connection or no greeting
   */
  public SmtpSession open(Route route) throws SessionBrokenException {
    return SmtpSession.open(opening, route);
  }

  /** Ends idle connections. Attempts that are under way end by their own deadlines. */
  @Override
  public void close() {
    pool.close();
    watchdog.close();
  }

  /** Whether messages go out by BDAT (RFC 3030). */
  public enum Chunking {
    /**
     * A small message goes in one chunk together with its envelope, one round trip in all, where
     * the peer offers CHUNKING and PIPELINING and was heard within the last 5 s; any other by DATA.
     */
    WHERE_OFFERED,
    /** Always by DATA. */
    NEVER
  }

  /** How far commands go out before the replies to those in front of them (RFC 2920). */
  public enum Pipelining {
    /** The envelope of a message, up to DATA, in one write. */
    WITHIN_MESSAGE,
    /**
     * Also the envelope of the next message behind the final dot of the one before, where another
     * attempt to the same address is waiting: fewer connections, and no round trip of its own for
     * the second envelope. But the second message waits for the reply to the first, which may take
     * minutes. A connection that ends meanwhile costs it a new one and nothing else.
     */
    ACROSS_MESSAGES
  }

  /** Options of the transport. Confined to one thread. */
  public static final class Builder {

    private String helo = "";
    private Set<String> self = Set.of();
    private SmtpTimeouts timeouts = SmtpTimeouts.RFC5321;
    private Connector connector = Connector.direct();
    private Optional<SSLContext> verifying = Optional.empty();
    private Duration maxIdle = Duration.ofSeconds(10);
    private int maxMessages = 100;
    private Duration maxAge = Duration.ofMinutes(5);
    private Chunking chunking = Chunking.WHERE_OFFERED;
    private Pipelining pipelining = Pipelining.WITHIN_MESSAGE;
    private SmartHost smartHost = SmartHost.PLAIN;
    private RandomGenerator random = new SecureRandom();
    private InstantSource clock = InstantSource.system();
    private ThreadFactory threads = Builder::daemon;

    private Builder() {}

    /**
     * What EHLO says: a fully qualified domain name, or an address literal. Empty, the default,
     * says the local address of each connection as a literal.
     *
     * @throws org.mxrelay.address.InvalidAddressException if it is neither
     */
    public Builder helo(String name) {
      this.helo = name.isEmpty() ? "" : Destination.parse(name).toString();
      return this;
    }

    /**
     * Our own names: a peer that greets with one, or says it to EHLO, is ourselves; the session is
     * broken off with 4.4.6 (RFC 5321, 6.3). Addresses may stand among them and are passed over.
     *
     * @throws IllegalArgumentException if one is neither a name nor an address
     */
    public Builder self(String... names) {
      this.self =
          SelfNames.of(List.of(names)).names().stream()
              .map(Domain::name)
              .collect(Collectors.toUnmodifiableSet());
      return this;
    }

    public Builder timeouts(SmtpTimeouts all) {
      this.timeouts = all;
      return this;
    }

    public Builder connector(Connector by) {
      this.connector = by;
      return this;
    }

    /** Whose certificates count where a route demands verification; default: the JDK's. */
    public Builder trust(SSLContext context) {
      this.verifying = Optional.of(context);
      return this;
    }

    /**
     * How long a connection waits for the next message; 10 s by default, zero keeps none.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder maxIdle(Duration limit) {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("maxIdle: " + limit);
      }
      this.maxIdle = limit;
      return this;
    }

    /**
     * How many messages one connection carries at most; 100 by default.
     *
     * @throws IllegalArgumentException if it is less than one
     */
    public Builder maxMessagesPerConnection(int limit) {
      if (limit < 1) {
        throw new IllegalArgumentException("maxMessagesPerConnection: " + limit);
      }
      this.maxMessages = limit;
      return this;
    }

    /**
     * How old a connection may be that is used for another message; 5 minutes by default.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder maxAge(Duration limit) {
      if (limit.isNegative()) {
        throw new IllegalArgumentException("maxAge: " + limit);
      }
      this.maxAge = limit;
      return this;
    }

    /** How the hosts of static routes are spoken to; default: like any exchange. */
    public Builder smartHost(SmartHost how) {
      this.smartHost = how;
      return this;
    }

    /** Draws what a peer must not foresee when it is logged in to; default: a secure source. */
    public Builder random(RandomGenerator source) {
      this.random = source;
      return this;
    }

    /** How far commands go ahead of replies; by default within a message. */
    public Builder pipelining(Pipelining far) {
      this.pipelining = far;
      return this;
    }

    public Builder chunking(Chunking when) {
      this.chunking = when;
      return this;
    }

    /** By what certificates under TLSA records are in time; default: the system's clock. */
    public Builder clock(InstantSource source) {
      this.clock = source;
      return this;
    }

    /** Makes the one thread that keeps the deadlines; by default a daemon. */
    public Builder threads(ThreadFactory by) {
      this.threads = by;
      return this;
    }

    public SmtpTransport build() {
      return new SmtpTransport(this);
    }

    private static Thread daemon(Runnable task) {
      Thread thread = new Thread(task, "mxrelay-smtp-deadlines");
      thread.setDaemon(true);
      return thread;
    }
  }
}
