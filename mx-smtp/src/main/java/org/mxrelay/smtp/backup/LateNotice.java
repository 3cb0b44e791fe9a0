package org.mxrelay.smtp.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.backup.BackupMemory.Memo;
import org.mxrelay.smtp.backup.BackupMemory.Topic;
import org.mxrelay.smtp.dsn.ReportComposer;
import org.mxrelay.smtp.dsn.ReportRequest;
import org.mxrelay.smtp.dsn.ReportRequest.Reported;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.SubmissionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a sender that his message is late (RFC 3464, 2.3.3), once, and only if he may be told.
 *
 * <p>Safe for use by several threads.
 *
 * @param desk has the terms, and names reports
 * @param queue has the messages
 * @param listeners hear whom it was about
 */
record LateNotice(
    Desk desk,
    MxRelay relay,
    DeliveryQueue queue,
    Tellable tellable,
    List<RelayListener> listeners) {

  private static final Logger log = LoggerFactory.getLogger(LateNotice.class);
  private static final Diagnostic NOT_REACHED =
      Diagnostic.local(
          new EnhancedStatusCode(4, 4, 1),
          Category.NETWORK,
          "the primary exchange of the domain cannot be reached");

  LateNotice {
    listeners = List.copyOf(listeners);
  }

  void of(Delivery delivery, Instant now) {
    List<Recipient> waiting =
        delivery.open().stream()
            .map(open -> open.recipient())
            .filter(Recipient::wantsDelayNotice)
            .toList();
    if (waiting.isEmpty() || !tellable.isTellable(delivery) || isTold(delivery)) {
      return;
    }
    SubmissionId id = desk.ids().newId();
    ReportRequest request = request(delivery, now, id);
    MessageSource report = new ReportComposer(terms().helo()).compose(request);
    // Before it is sent: twice would be worse than not at all.
    tellable.memory().put(Topic.NOTICE, key(delivery), told(delivery, now));
    relay.submit(id, request.envelope(), report);
    waiting.forEach(recipient -> tell(delivery, recipient.mailbox(), now));
  }

  private boolean isTold(Delivery delivery) {
    return tellable.memory().find(Topic.NOTICE, key(delivery)).isPresent();
  }

  /** A message is a delivery for each of the domains that it goes to. */
  private static String key(Delivery delivery) {
    return delivery.submission().value() + " " + delivery.destination();
  }

  private Memo told(Delivery delivery, Instant now) {
    return new Memo(delivery.reversePath().toString(), now, now.plus(terms().maxHold()));
  }

  private ReportRequest request(Delivery delivery, Instant now, SubmissionId id) {
    Optional<Instant> until = Optional.of(delivery.queuedAt().plus(terms().maxHold()));
    List<Reported> about =
        delivery.open().stream()
            .filter(open -> open.recipient().wantsDelayNotice())
            .map(o -> new Reported(o.recipient(), o.last().orElse(NOT_REACHED), until))
            .toList();
    return new ReportRequest(
        ReportRequest.Action.DELAYED,
        delivery,
        about,
        queue.message(delivery.submission()),
        now,
        id.value());
  }

  private Terms terms() {
    return desk.terms();
  }

  private void tell(Delivery about, Mailbox recipient, Instant now) {
    RelayEvent.Delayed event = new RelayEvent.Delayed(about.submission(), recipient, now);
    for (RelayListener listener : listeners) {
      try {
        listener.delayed(event);
      } catch (RuntimeException e) {
        log.warn("a listener failed", e);
      }
    }
  }
}
