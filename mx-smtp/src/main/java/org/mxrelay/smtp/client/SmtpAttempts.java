package org.mxrelay.smtp.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.client.SmtpTransport.Chunking;
import org.mxrelay.smtp.client.SmtpTransport.Pipelining;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.Transaction;

/**
 * Makes attempts: on a connection that waits in the pool, behind a message on another attempt's, or
 * on a new one.
 *
 * <p>Safe for use by several threads.
 */
final class SmtpAttempts {

  private final Opening opening;
  private final Pool pool;
  private final Chunking chunking;
  private final Pipelining pipelining;
  private final Convoy convoy = new Convoy();
  private final Spaces spaces = new Spaces();

  SmtpAttempts(Opening opening, Pool pool, Chunking chunking, Pipelining pipelining) {
    this.opening = opening;
    this.pool = pool;
    this.chunking = chunking;
    this.pipelining = pipelining;
  }

  AttemptResult make(Transaction transaction) throws InterruptedException {
    Pool.Key key = Pool.Key.of(transaction.route(), transaction.tls());
    Optional<SmtpConnection> idle = pool.take(key);
    if (idle.isPresent()) {
      Optional<AttemptResult> result = unlessStale(key, idle.get(), transaction);
      if (result.isPresent()) {
        return inStep(key, transaction, result.get());
      }
    } else {
      Optional<AttemptResult> result = behindAnother(key, transaction);
      if (result.isPresent()) {
        return inStep(key, transaction, result.get());
      }
    }
    return inStep(key, transaction, onNewConnection(key, transaction));
  }

  /** A session that was out of step is tried anew, once, before its 503 is believed. */
  private AttemptResult inStep(Pool.Key key, Transaction transaction, AttemptResult first)
      throws InterruptedException {
    List<Recipient> again = OutOfStep.recipients(first);
    return again.isEmpty()
        ? first
        : OutOfStep.merged(first, onNewConnection(key, transaction.to(again)));
  }

  private AttemptResult onNewConnection(Pool.Key key, Transaction transaction)
      throws InterruptedException {
    List<Recipient> recipients = transaction.envelope().recipients();
    SessionFacts none = SessionFacts.none(transaction.route().address());
    transaction.gate().connecting();
    try {
      SmtpConnection connection = opening.open(transaction.route(), transaction.tls());
      return converse(key, connection, transaction).result();
    } catch (SessionRefusedException e) {
      return AttemptResult.forAll(none, recipients, e.result());
    } catch (SessionBrokenException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted before the last byte");
      }
      return AttemptResult.forAll(e.facts(none.address()), recipients, e.result());
    }
  }

  // A peer may end an idle connection at any time; that it did says nothing of this message.
  private Optional<AttemptResult> unlessStale(
      Pool.Key key, SmtpConnection connection, Transaction transaction)
      throws InterruptedException {
    Outcome outcome = converse(key, connection, transaction);
    return outcome.stale() ? Optional.empty() : Optional.of(outcome.result());
  }

  private Outcome converse(Pool.Key key, SmtpConnection connection, Transaction transaction)
      throws InterruptedException {
    BodyBlocks.Space space = spaces.take();
    try {
      return converse(key, connection, new Dialogue(connection, transaction, chunking, space));
    } finally {
      spaces.give(space);
    }
  }

  private Outcome converse(Pool.Key key, SmtpConnection connection, Dialogue dialogue)
      throws InterruptedException {
    AtomicReference<Convoy.@Nullable Place> behind = new AtomicReference<>();
    boolean ended = false;
    try {
      if (pipelining == Pipelining.ACROSS_MESSAGES) {
        dialogue.whenGone(
            () -> {
              if (isForAnother(connection)) {
                behind.set(convoy.open(key, connection));
              }
            });
      }
      AttemptResult result = dialogue.run();
      ended = true;
      if (OutOfStep.isIn(result)) {
        connection.quit();
      }
      Outcome outcome = new Outcome(result, dialogue.isStale());
      release(key, connection, behind.getAndSet(null));
      return outcome;
    } finally {
      if (!ended) {
        connection.kill();
        release(key, connection, behind.get());
      }
    }
  }

  private boolean isForAnother(SmtpConnection connection) {
    return connection.capabilities().offers("PIPELINING") && pool.allowsAnother(connection);
  }

  /** The connection is who waits behind the message's, if anybody does; else it is for the pool. */
  private void release(Pool.Key key, SmtpConnection connection, Convoy.@Nullable Place behind) {
    if (behind == null || !convoy.end(behind)) {
      pool.give(key, connection);
    }
  }

  /**
   * Behind a message on another's connection, if there is a place; nothing if that came to none.
   */
  private Optional<AttemptResult> behindAnother(Pool.Key key, Transaction transaction)
      throws InterruptedException {
    Optional<Convoy.Place> place = convoy.take(key);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    SmtpConnection connection = place.get().connection();
    BodyBlocks.Space space = spaces.take();
    try {
      Dialogue dialogue = new Dialogue(connection, transaction, chunking, space);
      boolean said = dialogue.sayBehind();
      if (!place.get().await()) {
        return Optional.empty();
      }
      if (!said) {
        connection.kill();
        return Optional.empty();
      }
      Outcome outcome = converse(key, connection, dialogue);
      return outcome.stale() ? Optional.empty() : Optional.of(outcome.result());
    } finally {
      spaces.give(space);
    }
  }

  /** What came of a transaction, and whether that is only due to the connection's age. */
  private record Outcome(AttemptResult result, boolean stale) {}
}
