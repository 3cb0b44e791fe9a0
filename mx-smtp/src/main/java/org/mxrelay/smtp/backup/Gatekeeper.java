package org.mxrelay.smtp.backup;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.mxrelay.address.Mailbox;
import org.mxrelay.address.ReversePath;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.backup.Attitude.Course;
import org.mxrelay.smtp.backup.Known.Freshness;
import org.mxrelay.smtp.backup.RecipientMap.Knowledge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers for recipients of messages that will be queued, and for clients that should go elsewhere.
 *
 * <p>Safe for use by several threads.
 */
final class Gatekeeper {

  private static final Logger log = LoggerFactory.getLogger(Gatekeeper.class);

  private final Terms terms;
  private final RecipientMap map;
  private final Verifier verifier;
  private final Watch watch;
  private final Sightings sightings;
  private final Executor later;

  Gatekeeper(BackupMxBuilder with, Terms terms, Verifier verifier, Watch watch, Later later) {
    this.terms = terms;
    this.map = with.map;
    this.verifier = verifier;
    this.watch = watch;
    this.sightings = later.sightings();
    this.later = later.executor();
  }

  /** Where a gatekeeper writes down what can wait. */
  record Later(Sightings sightings, Executor executor) {}

  /** Whether the client should go to the primary. */
  Course attitude(ClientFacts client, ReversePath from, Mailbox to, Primary primary) {
    PrimaryState state = primary.state();
    if (terms.whenUp() == WhenPrimaryUp.ACCEPT || state != PrimaryState.UP) {
      return Course.SERVE;
    }
    Instant now = terms.clock().instant();
    Optional<Instant> seen = sightings.first(client, from, to, now);
    return Attitude.decide(
        terms.whenUp(), state, seen, new Attitude.Moment(now, terms.comeBackAfter()));
  }

  /** The reply to RCPT for a recipient whose message will be queued. */
  Reply admit(Mailbox mailbox, Primary primary) throws InterruptedException {
    Known known = verifier.known(mailbox);
    Admission admission =
        Admission.decide(lookup(mailbox), known, primary.state(), terms.unknown());
    if (admission instanceof Admission.Ask) {
      return ask(mailbox, primary);
    }
    if (known.freshness() == Freshness.STALE && primary.state() != PrimaryState.DOWN) {
      refreshLater(mailbox, primary);
    }
    return reply(admission);
  }

  /** What the primary itself said of a recipient. */
  void learn(Mailbox mailbox, Reply toRcpt) {
    verifier.learnFromMessage(mailbox, toRcpt);
  }

  private static Reply reply(Admission admission) {
    return admission instanceof Admission.Refuse refuse ? refuse.reply() : Answers.RECIPIENT_OK;
  }

  private Reply ask(Mailbox mailbox, Primary primary) throws InterruptedException {
    try {
      return verifier
          .ask(mailbox, primary.domain())
          .map(said -> said.isPositive() ? Answers.RECIPIENT_OK : said)
          .orElseGet(() -> reply(Admission.unasked(terms.unknown())));
    } catch (Unreached e) {
      watch.unreached(primary, e);
      return reply(Admission.unasked(terms.unknown()));
    }
  }

  private void refreshLater(Mailbox mailbox, Primary primary) {
    try {
      later.execute(() -> refresh(mailbox, primary));
    } catch (RejectedExecutionException e) {
      log.debug("{} is asked about again another time: the backup closes", mailbox);
    }
  }

  private void refresh(Mailbox mailbox, Primary primary) {
    try {
      verifier.ask(mailbox, primary.domain());
    } catch (Unreached e) {
      watch.unreached(primary, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Knowledge lookup(Mailbox mailbox) {
    try {
      return map.lookup(mailbox);
    } catch (RuntimeException e) {
      log.warn("the recipient map failed", e);
      return Knowledge.UNKNOWN;
    }
  }
}
