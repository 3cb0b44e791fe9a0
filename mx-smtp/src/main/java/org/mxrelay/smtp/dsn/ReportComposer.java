package org.mxrelay.smtp.dsn;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.mxrelay.address.Mailbox;
import org.mxrelay.address.ReversePath;
import org.mxrelay.smtp.dsn.ReportRequest.Action;
import org.mxrelay.smtp.message.MessageSource;

/**
 * Writes delivery status notifications: multipart/report with a part for people, a part for
 * machines and the header of the message (RFC 3464; RFC 6533 where addresses or content need it;
 * RFC 6522).
 *
 * <p>Immutable. Whatever the replies and addresses hold, no text of theirs can begin a field or a
 * part of its own.
 *
 * @param reportingMta the name that reports, which is also the domain of From and Message-ID
 */
public record ReportComposer(String reportingMta) {

  /**
   * The report as a message, to be sent from the null reverse-path to the delivery's reverse-path.
   * It is in memory: the header of the original or, where RET=FULL asks for it, up to 1 MiB of it.
   *
   * @throws UncheckedIOException if the original cannot be read
   */
  public MessageSource compose(ReportRequest request) {
    FieldWriter.Charset charset =
        isInternationalized(request) ? FieldWriter.Charset.UTF8 : FieldWriter.Charset.ASCII;
    StatusPart status = new StatusPart(reportingMta, request, charset);
    ReturnedPart returned = new ReturnedPart(request);
    String boundary = "=_" + request.reportId();
    FieldWriter out = new FieldWriter(charset);
    header(out, request, boundary);
    part(out, boundary, "text/plain; charset=utf-8", new PersonPart(reportingMta, request).body());
    part(out, boundary, status.contentType(), status.body());
    try {
      part(out, boundary, returned.contentType(), returned.body());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the message that is reported", e);
    }
    out.line("--" + boundary + "--");
    return MessageSource.of(out.toBytes());
  }

  private void header(FieldWriter out, ReportRequest request, String boundary) {
    out.field("Date", MailDate.of(request.now()));
    out.field("From", "Mail Delivery System <MAILER-DAEMON@" + reportingMta + ">");
    out.field("To", "<" + request.delivery().reversePath() + ">");
    out.field("Subject", subject(request.action()));
    out.field("Message-ID", "<" + request.reportId() + "@" + reportingMta + ">");
    // RFC 3834, 5: nobody's responder shall answer a report.
    out.field("Auto-Submitted", "auto-replied");
    out.field("MIME-Version", "1.0");
    out.field(
        "Content-Type",
        "multipart/report; report-type=delivery-status; boundary=\"" + boundary + "\"");
    out.field("Content-Transfer-Encoding", "8bit");
  }

  private static String subject(Action action) {
    return switch (action) {
      case DELAYED -> "Delayed: your message is still being tried";
      case RELAYED -> "Relayed: your message was handed on";
      case FAILED -> "Undelivered: your message came back";
    };
  }

  private static void part(FieldWriter out, String boundary, String type, byte[] body) {
    out.blank().line("--" + boundary);
    out.field("Content-Type", type);
    out.field("Content-Transfer-Encoding", "8bit");
    out.blank().bytes(body, body.length);
  }

  private static boolean isInternationalized(ReportRequest request) {
    return isInternationalized(request.delivery().reversePath())
        || request.recipients().stream()
            .anyMatch(r -> isInternationalized(r.recipient().mailbox()));
  }

  private static boolean isInternationalized(ReversePath path) {
    return path instanceof Mailbox mailbox && mailbox.isInternationalized();
  }
}
