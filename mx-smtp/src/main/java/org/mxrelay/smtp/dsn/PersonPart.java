package org.mxrelay.smtp.dsn;

import org.mxrelay.smtp.dsn.ReportRequest.Reported;

/** The part for people: what happened, to whom, and whether anything is left to do. */
final class PersonPart {

  private final String reportingMta;
  private final ReportRequest request;

  PersonPart(String reportingMta, ReportRequest request) {
    this.reportingMta = reportingMta;
    this.request = request;
  }

  byte[] body() {
    FieldWriter out = new FieldWriter(FieldWriter.Charset.UTF8);
    out.line("This is the mail system at " + reportingMta + ".").blank();
    switch (request.action()) {
      case DELAYED -> {
        out.line("Your message has not been delivered yet. You need not send it again:");
        out.line("attempts go on.");
      }
      case RELAYED -> {
        out.line("Your message was handed to the mail system of the recipients below, which does");
        out.line("not report on delivery. You will hear no more unless that fails.");
      }
      case FAILED -> {
        out.line("Your message could not be delivered to the recipients below.");
        out.line("No further attempt will be made.");
      }
    }
    request.recipients().forEach(r -> recipient(out, r));
    return out.toBytes();
  }

  private static void recipient(FieldWriter out, Reported reported) {
    out.blank().line("<" + reported.recipient() + ">");
    String exchange = reported.diagnostic().exchange();
    String reply = reported.diagnostic().reply();
    if (reply.isEmpty()) {
      out.line(reported.diagnostic().why());
    } else {
      out.line((exchange.isEmpty() ? "The server" : exchange) + " said: " + reply);
    }
    reported
        .willRetryUntil()
        .ifPresent(until -> out.line("Attempts end on " + MailDate.of(until) + "."));
  }
}
