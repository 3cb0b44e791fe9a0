package org.mxrelay.smtp.dsn;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Mailbox;
import org.mxrelay.address.ReversePath;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.EnvelopeOptions.HeaderForm;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Diagnostic;

/**
 * What a report is about.
 *
 * <p>Immutable as far as the message is.
 *
 * @param action what is reported
 * @param delivery the delivery; its reverse-path is a mailbox
 * @param recipients who is reported, at least one
 * @param original the message, of which headers or all are returned
 * @param now the date of the report
 * @param reportId unique; makes the Message-ID and the MIME boundary
 */
public record ReportRequest(
    Action action,
    Delivery delivery,
    List<Reported> recipients,
    MessageSource original,
    Instant now,
    String reportId) {

  public ReportRequest {
    recipients = List.copyOf(recipients);
  }

  /** The same about that message. */
  public ReportRequest quoting(MessageSource message) {
    return new ReportRequest(action, delivery, recipients, message, now, reportId);
  }

  /**
   * The envelope in which the report goes to the sender.
   *
   * @throws IllegalStateException if the delivery's reverse-path is null
   */
  public Envelope envelope() {
    if (!(delivery.reversePath() instanceof Mailbox sender)) {
      throw new IllegalStateException("nobody is told: the reverse-path is null");
    }
    HeaderForm form = sender.isInternationalized() ? HeaderForm.UTF8 : HeaderForm.ASCII;
    // RFC 8689, 5: a report is protected as the message is that it quotes.
    SenderTls tls =
        delivery.options().tls() == SenderTls.REQUIRED ? SenderTls.REQUIRED : SenderTls.UNSPECIFIED;
    return Envelope.from(ReversePath.NULL)
        .to(List.of(Recipient.of(sender)))
        .with(EnvelopeOptions.NONE.withUtf8(form).withTls(tls));
  }

  /** What is reported (RFC 3464, 2.3.3). */
  public enum Action {
    FAILED,
    DELAYED,
    /** Handed to an exchange that does not report by itself: nobody will tell more. */
    RELAYED
  }

  /**
   * A recipient and what was heard of it.
   *
   * @param recipient who
   * @param diagnostic what was heard last
   * @param willRetryUntil for delays: until when attempts go on
   */
  public record Reported(
      Recipient recipient, Diagnostic diagnostic, Optional<Instant> willRetryUntil) {}
}
