package org.mxrelay.smtp;

import java.util.Optional;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.SubmissionId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs what happens to messages, a line an event with key-value pairs. The line alone says what
 * happened; the pairs say it to machines.
 *
 * <p>Safe for use by several threads.
 */
final class RelayLog implements RelayListener {

  /** The name under which to switch it on, off, or to another file. */
  static final String NAME = "org.mxrelay.smtp.mail";

  private final LogDetail detail;
  private final Logger log;

  RelayLog(LogDetail detail) {
    this(detail, LoggerFactory.getLogger(NAME));
  }

  RelayLog(LogDetail detail, Logger log) {
    this.detail = detail;
    this.log = log;
  }

  private boolean namesPeople() {
    return detail == LogDetail.RECIPIENTS;
  }

  @Override
  public void queued(RelayEvent.Queued e) {
    LoggingEventBuilder line = of(log.atInfo(), "queued", e.submission());
    if (namesPeople()) {
      line = line.addKeyValue("mx.from", e.reversePath());
    }
    line.addKeyValue("mx.recipients", e.recipients()).log("{} queued", e.submission());
  }

  @Override
  public void claimed(RelayEvent.Claimed e) {
    of(log.atDebug(), "claimed", e.delivery())
        .addKeyValue("mx.claims", e.claims())
        .log("{} claimed", e.submission());
  }

  @Override
  public void routed(RelayEvent.Routed e) {
    of(log.atDebug(), "routed", e.delivery())
        .addKeyValue("mx.routes", e.decision().routes().size())
        .log("{} routed", e.submission());
  }

  @Override
  public void attempted(RelayEvent.Attempted e) {
    of(log.atDebug(), "attempted", e.delivery())
        .addKeyValue("mx.exchange", e.route().exchange())
        .addKeyValue("server.address", e.session().address().getHostString())
        .addKeyValue("server.port", e.session().address().getPort())
        .addKeyValue("mx.tls", e.session().tls().map(t -> t.protocol()).orElse("none"))
        .log("{} attempted at {}", e.submission(), e.route().exchange());
  }

  @Override
  public void deferred(RelayEvent.Deferred e) {
    heard(log.atInfo(), "deferred", e.submission(), e.recipient(), e.diagnostic())
        .addKeyValue("mx.attempt", e.attempt())
        .addKeyValue("mx.due", e.due())
        .log("{} deferred: {}", e.submission(), why(e.diagnostic()));
  }

  @Override
  public void uncertain(RelayEvent.Uncertain e) {
    heard(log.atWarn(), "uncertain", e.submission(), e.recipient(), e.diagnostic())
        .addKeyValue("mx.attempt", e.attempt())
        .log("{} uncertain: it may have arrived", e.submission());
  }

  @Override
  public void delayed(RelayEvent.Delayed e) {
    to(of(log.atInfo(), "delayed", e.submission()), Optional.of(e.recipient()))
        .log("{} delayed: the sender was told", e.submission());
  }

  @Override
  public void held(RelayEvent.Held e) {
    to(of(log.atWarn(), "held", e.submission()), e.recipient())
        .log("{} held: {}", e.submission(), e.why());
  }

  @Override
  public void leaseLost(RelayEvent.LeaseLost e) {
    of(log.atWarn(), "lease_lost", e.submission()).log("{} {}", e.submission(), e.why());
  }

  @Override
  public void givenBack(RelayEvent.GivenBack e) {
    of(log.atDebug(), "given_back", e.delivery()).log("{} given back", e.submission());
  }

  @Override
  public void postponed(Postponement e) {
    LoggingEventBuilder line =
        log.atInfo()
            .addKeyValue("mx.event", e.isOver() ? "reachable" : "postponed")
            .addKeyValue("mx.destination", e.destination());
    if (e.isOver()) {
      line.log("{} answers again", e.destination());
    } else {
      line.addKeyValue("mx.until", e.until())
          .log("{} cannot be reached, postponed until {}", e.destination(), e.until());
    }
  }

  @Override
  public void ended(Outcome o) {
    String how = o.outcome().word();
    heard(log.atInfo(), how, o.submission(), o.recipient(), o.diagnostic())
        .addKeyValue("mx.attempt", o.attempts())
        .log("{} {}: {}", o.submission(), how, why(o.diagnostic()));
  }

  private LoggingEventBuilder heard(
      LoggingEventBuilder line, String event, SubmissionId id, Mailbox who, Diagnostic heard) {
    LoggingEventBuilder told =
        to(of(line, event, id), Optional.of(who))
            .addKeyValue("mx.exchange", heard.exchange())
            .addKeyValue("mx.status", heard.status())
            .addKeyValue("mx.category", heard.category().word());
    return namesPeople() ? told.addKeyValue("mx.reply", heard.reply()) : told;
  }

  private LoggingEventBuilder to(LoggingEventBuilder line, Optional<Mailbox> recipient) {
    if (recipient.isEmpty()) {
      return line;
    }
    LoggingEventBuilder to = line.addKeyValue("mx.destination", recipient.get().destination());
    return namesPeople() ? to.addKeyValue("mx.recipient", recipient.get()) : to;
  }

  private static LoggingEventBuilder of(LoggingEventBuilder line, String event, Delivery delivery) {
    return of(line, event, delivery.submission())
        .addKeyValue("mx.delivery", delivery.id())
        .addKeyValue("mx.attempt", delivery.attempts() + 1)
        .addKeyValue("mx.destination", delivery.destination());
  }

  private static LoggingEventBuilder of(LoggingEventBuilder line, String event, SubmissionId id) {
    return line.addKeyValue("mx.event", event).addKeyValue("mx.submission", id);
  }

  /** A reply is printable, but names people: where that is not asked for, its codes have to do. */
  private String why(Diagnostic heard) {
    String codes = heard.status() + " " + heard.category().word();
    if (!namesPeople()) {
      return codes;
    }
    return codes + ": " + (heard.reply().isEmpty() ? heard.why() : heard.reply());
  }
}
