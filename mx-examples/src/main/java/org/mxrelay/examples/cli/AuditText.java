package org.mxrelay.examples.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mxrelay.audit.AuditReport;
import org.mxrelay.audit.Finding;
import org.mxrelay.audit.Severity;

/** An audit's report as people read it on a terminal. */
final class AuditText {

  private static final int WIDTH = 78;
  private static final String INDENT = " ".repeat(11);

  private AuditText() {}

  static String of(AuditReport report) {
    List<String> text = new ArrayList<>();
    text.add(headline(report));
    for (Finding finding : report.findings()) {
      text.add(
          String.format(
              Locale.ROOT,
              "  %-7s  %s  [%s]",
              Words.of(finding.severity()),
              finding.subject(),
              finding.rule()));
      text.addAll(wrapped(finding.message()));
      if (!finding.advice().isEmpty()) {
        text.addAll(wrapped("-> " + finding.advice()));
      }
    }
    return String.join("\n", text) + "\n";
  }

  private static String headline(AuditReport report) {
    List<String> counts =
        Stream.of(Severity.values())
            .map(severity -> report.of(severity).size() + " " + Words.of(severity))
            .toList();
    return report.domain() + ": " + String.join(", ", counts);
  }

  private static List<String> wrapped(String words) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(INDENT);
    for (String word : words.split(" ")) {
      if (line.length() > INDENT.length() && line.length() + word.length() > WIDTH) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(INDENT);
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
