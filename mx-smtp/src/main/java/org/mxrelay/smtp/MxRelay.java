package org.mxrelay.smtp;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.engine.Engine;
import org.mxrelay.smtp.engine.EngineParts;
import org.mxrelay.smtp.engine.Pulse;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Explanation;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.OutboxQueue;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.QueueStats;
import org.mxrelay.smtp.queue.RecentStats;
import org.mxrelay.smtp.queue.RecordedOutcome;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.SubmissionStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes messages, keeps them, and delivers each to its recipients' own mail exchangers.
 *
 * <p>Safe for use by several threads.
 */
public final class MxRelay implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MxRelay.class);

  private final EngineParts parts;
  private final DeliveryQueue queue;
  private final Engine engine;
  private final Pulse pulse;
  private final RecentStats recent;
  private final SubmissionFactory submissions;
  private final Duration closeWithin;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param store what is in {@code parts} under whatever watches it
   */
  MxRelay(EngineParts parts, DeliveryQueue store, Pulse pulse, Duration closeWithin) {
    this.parts = parts;
    this.queue = store;
    this.pulse = pulse;
    this.recent = new RecentStats(store::stats, parts.times().nanos());
    this.submissions = new SubmissionFactory(parts.times().wall(), parts.times().random());
    this.closeWithin = closeWithin;
    this.engine = Engine.start(parts);
  }

  /** Starts with the defaults; only a queue is required. */
  public static MxRelayBuilder builder() {
    return new MxRelayBuilder();
  }

  /**
   * Stores a message for delivery. When it returns, the message is as safe as the queue is (G1);
   * when it throws, the message is not sent later (G2), except for {@link
   * org.mxrelay.smtp.queue.SubmissionUncertain}. Touches neither the DNS nor the network.
   *
   * @throws org.mxrelay.smtp.queue.QueueException if the store failed
   * @throws java.io.UncheckedIOException if the message cannot be read
   * @throws IllegalStateException if the relay is closed
   */
  public Receipt submit(Envelope envelope, MessageSource message) {
    return submit(submissions.newId(), envelope, message);
  }

  /** The same under an id of the caller's: submitting it again changes nothing. */
  public Receipt submit(SubmissionId id, Envelope envelope, MessageSource message) {
    checkOpen(id);
    Submission submission = submissions.create(id, envelope, message);
    parts.queue().add(List.of(submission));
    int recipients = envelope.recipients().size();
    parts
        .listener()
        .queued(
            new RelayEvent.Queued(id, envelope.reversePath(), recipients, submission.queuedAt()));
    return new Receipt(id, recipients, submission.queuedAt());
  }

  /**
   * Writes a message into the transaction that is under way on a connection of the caller's to the
   * queue's own database: it is delivered if and only if the caller commits. As long as the
   * transaction lasts, nobody sees it, and nobody is kept waiting; no listener hears of it here.
   *
   * @throws UnsupportedOperationException if the queue takes nothing in a transaction: one in
   *     memory or on SQLite
   * @throws IllegalStateException if the relay is closed, or the connection commits each statement
   *     by itself
   * @throws org.mxrelay.smtp.queue.QueueException if the store failed; roll back
   * @throws java.io.UncheckedIOException if the message cannot be read; roll back
   */
  public Receipt submit(Connection connection, Envelope envelope, MessageSource message) {
    if (!(queue instanceof OutboxQueue outbox)) {
      throw new UnsupportedOperationException(
          "queue: "
              + queue.getClass().getName()
              + " takes nothing in a transaction of the caller's");
    }
    SubmissionId id = submissions.newId();
    checkOpen(id);
    Submission submission = submissions.create(id, envelope, message);
    outbox.add(connection, submission);
    return new Receipt(id, envelope.recipients().size(), submission.queuedAt());
  }

  private void checkOpen(SubmissionId id) {
    if (closed.get()) {
      throw new IllegalStateException("the relay is closed; submission " + id + " was not taken");
    }
  }

  /**
   * Waits until nothing is pending: every delivery ended or is held, and the listeners have heard
   * of those that ended here.
   *
   * @return false if something still was when the time was over
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  public boolean drain(Duration atMost) throws InterruptedException {
    return engine.drain(atMost);
  }

  /** What is known of a submission; nothing if it was never made or its retention is over. */
  public Optional<SubmissionStatus> status(SubmissionId id) {
    return queue.status(id);
  }

  /** Final outcomes after a cursor (0 for the first), at least once each, from every node. */
  public List<RecordedOutcome> outcomes(long after, int most) {
    return queue.outcomes(after, most);
  }

  /** Numbers of the queue. */
  public QueueStats stats() {
    return queue.stats();
  }

  /**
   * Attempts nothing of a destination before then, be it queued already or later, except what
   * expires meanwhile. Then its backlog comes back slowly: one delivery, and more as it answers.
   * The last word counts, so that a time that is over ends a postponement. One write, whatever the
   * backlog; for those who know better than a failed attempt that nobody is there.
   *
   * @throws org.mxrelay.smtp.queue.QueueException if the store failed
   */
  public void postpone(Destination destination, Instant until) {
    engine.postpone(destination, until);
  }

  /**
   * Why a message is still here: what each of its deliveries waits for, what was heard last, and
   * what this relay knows of the way there. {@link Explanation#lines} says it in words.
   *
   * @return nothing if the message is not known, or was forgotten
   */
  public Optional<Explanation> explain(SubmissionId id) {
    return Explanation.of(queue, id, parts.times().wall().instant(), engine);
  }

  /**
   * Whether the relay can do its work. Never throws. Asks the store every few seconds at most, and
   * a long queue more seldom: what it says of the store is as old as that, unless the engine found
   * out meanwhile.
   */
  public RelayHealth health() {
    return HealthCheck.of(recent, pulse, standing());
  }

  private RelayHealth.State standing() {
    if (closed.get()) {
      return RelayHealth.State.CLOSED;
    }
    return engine.isPaused() ? RelayHealth.State.PAUSED : RelayHealth.State.WORKING;
  }

  /**
   * To look at the queue and to step in, beside the engine.
   *
   * @throws UnsupportedOperationException if the queue is not made for it
   */
  public RelayAdmin admin() {
    if (!(queue instanceof QueueAdmin people)) {
      throw new UnsupportedOperationException(
          "queue: " + queue.getClass().getName() + " is no QueueAdmin");
    }
    return new RelayAdmin(people, parts.times().wall());
  }

  /** Claims nothing more; what is under way goes on. */
  public void pause() {
    engine.pause();
  }

  /** Claims again. */
  public void resume() {
    engine.resume();
  }

  /** Closes within the builder's {@code closeWithin}. */
  @Override
  public void close() {
    close(closeWithin);
  }

  /**
   * Claims nothing more, lets go of sessions before their last byte and gives their deliveries
   * back, waits for those after it as long as the time lasts, and closes the queue. What had sent
   * its last byte and got no reply by then is stored as uncertain. Closing again does nothing.
   */
  public void close(Duration within) {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      engine.close(within);
      warnOfLoss();
    } finally {
      closeParts();
    }
  }

  private void warnOfLoss() {
    if (queue instanceof InMemoryQueue) {
      QueueStats left = queue.stats();
      if (left.pending() + left.held() > 0) {
        log.warn(
            "{} deliveries are lost with the queue in memory, {} of them held",
            left.pending() + left.held(),
            left.held());
      }
    }
  }

  private void closeParts() {
    try {
      parts.transport().close();
    } finally {
      try {
        parts.tls().close();
      } finally {
        closeRouterAndQueue();
      }
    }
  }

  private void closeRouterAndQueue() {
    try {
      parts.router().close();
    } finally {
      parts.queue().close();
    }
  }
}
