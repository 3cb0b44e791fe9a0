package org.mxrelay.smtp;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.mxrelay.address.Mailbox;
import org.mxrelay.address.ReversePath;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.tls.TlsOutcome;

/** Something that happened to a message. Immutable. */
public sealed interface RelayEvent {

  /** The message. */
  SubmissionId submission();

  /** When. */
  Instant at();

  /** A message was stored. */
  record Queued(SubmissionId submission, ReversePath reversePath, int recipients, Instant at)
      implements RelayEvent {}

  /**
   * Somebody here works on a delivery from now on.
   *
   * @param claims how often it was claimed and not settled, this time included
   */
  record Claimed(Delivery delivery, int claims, Instant at) implements RelayEvent {
    @Override
    public SubmissionId submission() {
      return delivery.submission();
    }
  }

  /** It was found out where a delivery goes, or that it goes nowhere now. */
  record Routed(Delivery delivery, RouteDecision decision, Instant at) implements RelayEvent {
    @Override
    public SubmissionId submission() {
      return delivery.submission();
    }
  }

  /**
   * A delivery was given back without an attempt, as if it had never been claimed: its destination
   * was found unreachable meanwhile, or has no room, or the relay closes.
   */
  record GivenBack(Delivery delivery, Instant at) implements RelayEvent {
    @Override
    public SubmissionId submission() {
      return delivery.submission();
    }
  }

  /**
   * One session was tried.
   *
   * @param delivery what was attempted
   * @param attempt from 1
   * @param route with which exchange
   * @param session what is known of the session
   * @param heard what was heard of each recipient
   */
  record Attempted(
      Delivery delivery,
      int attempt,
      Route route,
      SessionFacts session,
      Map<Mailbox, Diagnostic> heard,
      Instant at)
      implements RelayEvent {
    @Override
    public SubmissionId submission() {
      return delivery.submission();
    }
  }

  /** What became of TLS in a session with one of a destination's exchanges (RFC 8460). */
  record Tls(SubmissionId submission, TlsOutcome outcome, Instant at) implements RelayEvent {}

  /** A recipient waits for its next attempt. */
  record Deferred(
      SubmissionId submission,
      Mailbox recipient,
      int attempt,
      Diagnostic diagnostic,
      Instant due,
      Instant at)
      implements RelayEvent {}

  /** A message may have been relayed to a recipient: the last byte was sent and no reply came. */
  record Uncertain(
      SubmissionId submission, Mailbox recipient, int attempt, Diagnostic diagnostic, Instant at)
      implements RelayEvent {}

  /** The sender was told that his message is late. */
  record Delayed(SubmissionId submission, Mailbox recipient, Instant at) implements RelayEvent {}

  /** A delivery waits for a person. */
  record Held(SubmissionId submission, Optional<Mailbox> recipient, String why, Instant at)
      implements RelayEvent {}

  /** A delivery was worked on under a lease that somebody else had got; nothing was stored. */
  record LeaseLost(SubmissionId submission, String why, Instant at) implements RelayEvent {}
}
