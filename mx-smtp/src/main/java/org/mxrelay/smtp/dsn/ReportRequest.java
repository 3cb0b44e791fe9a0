package org.mxrelay.smtp.dsn;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
