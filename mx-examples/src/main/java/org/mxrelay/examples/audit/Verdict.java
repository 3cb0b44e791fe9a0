package org.mxrelay.examples.audit;

import java.util.Locale;
import org.mxrelay.audit.AuditReport;
import org.mxrelay.audit.Severity;

/** A report in a few words. Stateless. */
final class Verdict {

  private Verdict() {}

  static String title(AuditReport report) {
    return switch (report.worst()) {
      case ERROR -> "Mail is at risk";
      case WARNING -> "Works, with weak points";
      case INFO, OK -> "In good order";
    };
  }

  static String sentence(AuditReport report) {
    return switch (report.worst()) {
      case ERROR ->
          count(report, Severity.ERROR, "fault")
              + " by which mail is lost, refused or delayed now"
              + (report.of(Severity.WARNING).isEmpty()
                  ? "."
                  : ", and " + count(report, Severity.WARNING, "weak point") + " besides.");
      case WARNING ->
          "Mail arrives. " + count(report, Severity.WARNING, "thing") + " should be put right.";
      case INFO ->
          "Nothing needs to be done. " + count(report, Severity.INFO, "note") + " to know.";
      case OK -> "Nothing needs to be done.";
    };
  }

  private static String count(AuditReport report, Severity severity, String what) {
    int number = report.of(severity).size();
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** The class by which the whole is coloured: notes leave it in good order. */
  static String tone(AuditReport report) {
    Severity worst = report.worst();
    return kind(worst == Severity.INFO ? Severity.OK : worst);
  }

  /** The class by which a severity is coloured. */
  static String kind(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  /** What a severity is called in the report. */
  static String label(Severity severity) {
    return switch (severity) {
      case ERROR -> "Fault";
      case WARNING -> "Weak point";
      case INFO -> "Note";
      case OK -> "In order";
    };
  }
}
