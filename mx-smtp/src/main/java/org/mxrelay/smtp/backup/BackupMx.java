package org.mxrelay.smtp.backup;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.MxRelay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backup MX role: takes mail for the primary on the primary's terms, keeps it while the primary
 * is down, and forwards it when it is back. For any SMTP server; see the package for how one uses
 * it.
 *
 * <p>Safe for use by several threads.
 */
public final class BackupMx implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(BackupMx.class);

  private final BackupParts parts;
  private final Desk desk;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Thread heart;

  private BackupMx(BackupParts parts, ThreadFactory threads, Duration beat) {
    this.parts = parts;
    this.desk = parts.desk();
    Heartbeat heartbeat = parts.heartbeat();
    this.heart = threads.newThread(() -> live(heartbeat, beat));
    this.heart.start();
  }

  /** Starts with the defaults; domains, own names and a queue are required. */
  public static BackupMxBuilder builder() {
    return new BackupMxBuilder();
  }

  static BackupMx start(BackupMxBuilder with) throws InterruptedException {
    return new BackupMx(BackupParts.of(with), with.threads, with.beat);
  }

  /**
   * A session for a client.
   *
   * @param client as known at its first MAIL, after STARTTLS if that was used
   * @throws IllegalStateException if the backup is closed
   */
  public InboundSession open(ClientFacts client) {
    if (closed.get()) {
      throw new IllegalStateException("the backup is closed");
    }
    return new InboundSession(desk, client);
  }

  /**
   * ETRN (RFC 1985): releases the backlog of a domain, if one of its better exchanges asks for it.
   *
   * @param from who asks
   * @param argument what stands behind ETRN
   * @return the reply for it
   * @throws InterruptedException if the thread was interrupted while it waited for the DNS
   */
  public Reply etrn(InetAddress from, String argument) throws InterruptedException {
    return parts.etrn().answer(from, argument);
  }

  /**
   * How it is now. Asks the queue.
   *
   * @throws org.mxrelay.smtp.queue.QueueException if the queue fails, which is no good health
   */
  public BackupStatus status() {
    Instant now = desk.now();
    return new BackupStatus(
        desk.primaries().all().stream().map(Primary::status).toList(),
        parts.backlogs().all(),
        parts.forwarding().perMinute(now),
        parts.alarms().all(),
        now);
  }

  /** The relay that forwards: for outcomes, and for mail of the owner's own. */
  public MxRelay relay() {
    return parts.relay();
  }

  /**
   * Takes no new client, ends the forwarding as {@link MxRelay#close()} does, and closes the queue,
   * the memory and the filter. Sessions that are open should be closed before. Closing again does
   * nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    heart.interrupt();
    parts.close();
  }

  private void live(Heartbeat heartbeat, Duration beat) {
    try {
      while (!closed.get()) {
        beat(heartbeat);
        TimeUnit.NANOSECONDS.sleep(beat.toNanos());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void beat(Heartbeat heartbeat) {
    try {
      heartbeat.beat();
    } catch (RuntimeException e) {
      log.error("the backup's heartbeat failed; the next one follows", e);
    }
  }
}
