package org.mxrelay.smtp.backup;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.backup.Alarm.Kind;
import org.mxrelay.smtp.backup.BackupMemory.Memo;
import org.mxrelay.smtp.backup.BackupMemory.Topic;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Notify;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.SubmissionUncertain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts messages into the queue, and says 2yz only of what is durable.
 *
 * <p>Safe for use by several threads.
 */
final class Intake {

  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  /** A sender is remembered a little longer than his message is held. */
  private static final Duration MARGIN = Duration.ofDays(7);

  private final MxRelay relay;
  private final Tellable tellable;
  private final Alarms alarms;
  private final Terms terms;

  Intake(MxRelay relay, Tellable tellable, Alarms alarms, Terms terms) {
    this.relay = relay;
    this.tellable = tellable;
    this.alarms = alarms;
    this.terms = terms;
  }

  /** What became of a message. */
  record Taken(SubmissionId id, Reply reply) {
    boolean isStored() {
      return reply.isPositive();
    }
  }

  Taken take(SubmissionId id, Envelope envelope, MessageSource message, SenderTrust sender) {
    Instant now = terms.clock().instant();
    if (sender == SenderTrust.VOUCHED) {
      // Before the message: one without a sender harms nobody.
      tellable
          .memory()
          .put(
              Topic.SENDER,
              id.value(),
              new Memo(
                  envelope.reversePath().toString(), now, now.plus(terms.maxHold()).plus(MARGIN)));
    }
    try {
      relay.submit(id, told(envelope, sender), message);
      alarms.clear(Kind.STORE_FAILED, now);
      return new Taken(id, Answers.queued(id.value()));
    } catch (SubmissionUncertain e) {
      return failed(id, e, now);
    } catch (QueueException | UncheckedIOException | IllegalStateException e) {
      return failed(id, e, now);
    }
  }

  private Taken failed(SubmissionId id, RuntimeException e, Instant now) {
    log.error("a message cannot be stored; its client is asked to come back", e);
    alarms.raise(Kind.STORE_FAILED, String.valueOf(e.getMessage()), now);
    return new Taken(id, Answers.STORE_FAILED);
  }

  /** Who may not be told of failures is not told of success or delay either. */
  private Envelope told(Envelope envelope, SenderTrust sender) {
    return tellable.isTellable(sender)
        ? envelope
        : envelope.to(envelope.recipients().stream().map(Intake::quiet).toList());
  }

  private static Recipient quiet(Recipient recipient) {
    Set<Notify> asked = recipient.notifyOn();
    if (asked.isEmpty()) {
      return recipient.notifying(Set.of(Notify.FAILURE));
    }
    Set<Notify> left =
        asked.stream()
            .filter(n -> n == Notify.FAILURE || n == Notify.NEVER)
            .collect(Collectors.toUnmodifiableSet());
    return recipient.notifying(left.isEmpty() ? Set.of(Notify.NEVER) : left);
  }
}
