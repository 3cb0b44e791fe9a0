package org.mxrelay.smtp.dsn;

import java.util.Optional;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.dsn.ReportRequest.Reported;
import org.mxrelay.smtp.queue.Diagnostic;

/** The part for machines: fields of the message and of each recipient (RFC 3464, 2.2 and 2.3). */
final class StatusPart {

  private final String reportingMta;
  private final ReportRequest request;
  private final FieldWriter.Charset charset;

  StatusPart(String reportingMta, ReportRequest request, FieldWriter.Charset charset) {
    this.reportingMta = reportingMta;
    this.request = request;
    this.charset = charset;
  }

  /** RFC 6533, 3: addresses beyond ASCII need the internationalised type. */
  String contentType() {
    return charset == FieldWriter.Charset.UTF8
        ? "message/global-delivery-status"
        : "message/delivery-status";
  }

  byte[] body() {
    FieldWriter out = new FieldWriter(charset);
    request
        .delivery()
        .options()
        .envid()
        .ifPresent(envid -> out.field("Original-Envelope-Id", envid));
    out.field("Reporting-MTA", "dns; " + reportingMta);
    out.field("Arrival-Date", MailDate.of(request.delivery().queuedAt()));
    request.recipients().forEach(r -> recipient(out, r));
    return out.toBytes();
  }

  private void recipient(FieldWriter out, Reported reported) {
    Diagnostic heard = reported.diagnostic();
    out.blank();
    original(reported.recipient().originalRecipient())
        .ifPresent(o -> out.field("Original-Recipient", o));
    out.field("Final-Recipient", typed(reported.recipient().mailbox()));
    out.field("Action", request.action().name().toLowerCase(java.util.Locale.ROOT));
    out.field("Status", heard.status().toString());
    if (!heard.exchange().isEmpty()) {
      out.field("Remote-MTA", "dns; " + heard.exchange());
    }
    if (!heard.reply().isEmpty()) {
      out.field("Diagnostic-Code", "smtp; " + heard.reply());
    }
    out.field("Last-Attempt-Date", MailDate.of(request.now()));
    reported.willRetryUntil().ifPresent(until -> out.field("Will-Retry-Until", MailDate.of(until)));
  }

  private static String typed(Mailbox mailbox) {
    return (mailbox.isInternationalized() ? "utf-8; " : "rfc822; ") + mailbox;
  }

  /** ORCPT comes as {@code type;address}; without a type it is not worth repeating. */
  private static Optional<String> original(Optional<String> orcpt) {
    return orcpt
        .filter(o -> o.indexOf(';') > 0)
        .map(o -> o.substring(0, o.indexOf(';')) + "; " + o.substring(o.indexOf(';') + 1));
  }
}
