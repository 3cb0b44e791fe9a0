package org.mxrelay.smtp.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mxrelay.address.ReversePath;
import org.mxrelay.reply.Verdict;
import org.mxrelay.retry.Decision;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.smtp.Bounces;
import org.mxrelay.smtp.dsn.ReportRequest;
import org.mxrelay.smtp.dsn.ReportRequest.Action;
import org.mxrelay.smtp.dsn.ReportRequest.Reported;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Notify;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages that a settlement brings forth: one report of failure, one of relaying and one delay
 * notice at most.
 *
 * <p>Safe for use by several threads.
 */
final class Reports {

  private static final Logger log = LoggerFactory.getLogger(Reports.class);
  private static final MessageSource UNREADABLE = MessageSource.of(new byte[0]);

  private final Bounces bounces;
  private final RetryPolicy policies;
  private final DeliveryQueue queue;
  private final IdSource ids;
  private final Function<ReportRequest, MessageSource> composer;

  Reports(Mailing mailing, RetryPolicy policies, DeliveryQueue queue, IdSource ids) {
    this.bounces = mailing.bounces();
    this.composer = mailing.composer();
    this.policies = policies;
    this.queue = queue;
    this.ids = ids;
  }

  /** A delay notice, and about whom. */
  record Notice(Submission report, List<Recipient> about) {}

  /** Tells the sender who failed for good, if he wants to know. */
  Optional<Submission> failure(Delivery delivery, List<Decided> decided, Instant now) {
    List<Reported> failed =
        decided.stream()
            .filter(
                d ->
                    d.decision() instanceof Decision.Bounce
                        || d.decision() instanceof Decision.Expire)
            .filter(d -> d.recipient().wantsFailureReport())
            .map(d -> new Reported(d.recipient(), d.diagnostic(), Optional.empty()))
            .toList();
    return report(Action.FAILED, delivery, failed, now);
  }

  /**
   * By when messages were accepted of which one may be {@linkplain #isLate late}; {@link
   * Instant#MIN} if none is ever.
   */
  Instant lateSince(Instant now) {
    return policies
        .delayNotice()
        .filter(age -> bounces != Bounces.NONE)
        .map(now::minus)
        .orElse(Instant.MIN);
  }

  /** Whether the message is old enough for its sender to be told, and he was not told yet. */
  boolean isLate(Delivery delivery, Instant now) {
    return delivery.delayNoticed().isEmpty()
        && policies
            .toward(delivery.destination())
            .delayNotice()
            .filter(age -> !now.isBefore(delivery.queuedAt().plus(age)))
            .isPresent();
  }

  /** Tells the sender once, when the message is old enough, who has to wait after an attempt. */
  Optional<Notice> delay(Delivery delivery, List<Decided> decided, Instant now) {
    return isLate(delivery, now)
        ? notice(delivery, decided.stream().filter(d -> d.heard().isPresent()).toList(), now)
        : Optional.empty();
  }

  /** Tells the sender who has to wait. */
  Optional<Notice> notice(Delivery delivery, List<Decided> decided, Instant now) {
    Instant until = delivery.queuedAt().plus(policies.toward(delivery.destination()).expiry());
    List<Reported> waiting =
        decided.stream()
            .filter(d -> d.decision() instanceof Decision.Reschedule)
            .filter(d -> d.recipient().wantsDelayNotice())
            .map(d -> new Reported(d.recipient(), d.diagnostic(), Optional.of(until)))
            .toList();
    return report(Action.DELAYED, delivery, waiting, now)
        .map(r -> new Notice(r, waiting.stream().map(Reported::recipient).toList()));
  }

  /**
   * Tells the sender who wants to hear of success where nobody else will: the exchange took the
   * message without offering to report (RFC 3461, 5.2.2).
   */
  Optional<Submission> relayed(
      Delivery delivery, List<Decided> decided, List<Session> sessions, Instant now) {
    List<Reported> silently =
        decided.stream()
            .filter(d -> d.decision() instanceof Decision.Complete)
            .filter(d -> d.recipient().notifyOn().contains(Notify.SUCCESS))
            .filter(d -> sessions.stream().anyMatch(s -> isSilent(s, d.recipient())))
            .map(d -> new Reported(d.recipient(), d.diagnostic(), Optional.empty()))
            .toList();
    return report(Action.RELAYED, delivery, silently, now);
  }

  /** Whether the session relayed the message to the recipient, and nobody will report on it. */
  private static boolean isSilent(Session session, Recipient recipient) {
    Optional<Heard> heard = Optional.ofNullable(session.heard().get(recipient));
    return heard.filter(h -> h.judgement().verdict() == Verdict.RELAYED).isPresent()
        && !session.facts().extensions().contains("DSN");
  }

  private Optional<Submission> report(
      Action action, Delivery delivery, List<Reported> about, Instant now) {
    // RFC 5321, 6.1: nothing is ever sent back to the null reverse-path.
    if (bounces == Bounces.NONE
        || about.isEmpty()
        || delivery.reversePath().equals(ReversePath.NULL)) {
      return Optional.empty();
    }
    SubmissionId id = ids.next();
    ReportRequest bare = new ReportRequest(action, delivery, about, UNREADABLE, now, id.value());
    try {
      MessageSource report = compose(bare);
      return Optional.of(
          new Submission(id, bare.envelope(), report, MessageFacts.of(report), now, now));
    } catch (IOException | RuntimeException e) {
      // The outcome itself must be stored in any case: what was relayed may not be sent again.
      log.error("delivery {}: no report could be written; its outcome stands", delivery.id(), e);
      return Optional.empty();
    }
  }

  private MessageSource compose(ReportRequest bare) {
    try {
      return composer.apply(bare.quoting(queue.message(bare.delivery().submission())));
    } catch (UncheckedIOException | org.mxrelay.smtp.queue.QueueException e) {
      log.warn("delivery {}: its report goes without the original", bare.delivery().id(), e);
      return composer.apply(bare);
    }
  }
}
