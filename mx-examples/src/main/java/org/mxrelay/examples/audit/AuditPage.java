package org.mxrelay.examples.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.mxrelay.audit.AuditReport;
import org.mxrelay.audit.Severity;
import org.mxrelay.examples.page.Html;

/**
 * The reports of an audit as one HTML page, complete in itself.
 *
 * <p>Immutable.
 */
public final class AuditPage {

  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final List<AuditReport> reports;

  /** A page of these reports, in their order. */
  public AuditPage(List<AuditReport> reports) {
    this.reports = List.copyOf(reports);
  }

  /** The whole page. */
  public String html() {
    Html page = new Html();
    page.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    // Nothing may be loaded or run, whatever slipped in.
    page.markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';");
    page.markup(" style-src 'unsafe-inline'\">\n");
    page.markup("<meta name=\"color-scheme\" content=\"light dark\">\n");
    page.put("title", "", title());
    page.markup("<style>\n").markup(style()).markup("</style>\n</head>\n<body>\n<main>\n");
    header(page);
    if (reports.size() > 1) {
      overview(page);
    }
    for (int i = 0; i < reports.size(); i++) {
      new DomainSection(reports.get(i), anchor(i)).write(page);
    }
    footer(page);
    return page.markup("</main>\n</body>\n</html>\n").toString();
  }

  private String title() {
    return reports.size() == 1
        ? "Mail exchangers of " + reports.get(0).domain()
        : "Mail exchangers of " + reports.size() + " domains";
  }

  private void header(Html page) {
    page.open("header", "top");
    page.put("p", "eyebrow", "Mail exchanger audit");
    page.put("h1", "", title());
    reports.stream()
        .map(AuditReport::at)
        .max(Comparator.naturalOrder())
        .ifPresent(at -> page.put("p", "when", when(at)));
    page.close("header");
  }

  private static String when(Instant at) {
    return WHEN.format(at);
  }

  private void overview(Html page) {
    page.open("section", "card overview").put("h2", "", "Overview").open("table", "");
    page.markup("<thead><tr><th>Domain</th><th>Verdict</th><th class=\"number\">Faults</th>");
    page.markup(
        "<th class=\"number\">Weak points</th><th class=\"number\">Notes</th></tr></thead>\n");
    page.open("tbody", "");
    for (int i = 0; i < reports.size(); i++) {
      row(page, reports.get(i), anchor(i));
    }
    page.close("tbody").close("table").close("section");
  }

  private static void row(Html page, AuditReport report, String anchor) {
    page.open("tr", "").open("td", "name").link(anchor, report.domain()).close("td");
    page.open("td", "");
    page.put("span", "badge " + Verdict.tone(report), Verdict.title(report)).close("td");
    for (Severity severity : List.of(Severity.ERROR, Severity.WARNING, Severity.INFO)) {
      int number = report.of(severity).size();
      String kind = number == 0 ? "number none" : "number " + Verdict.kind(severity);
      page.put("td", kind, String.valueOf(number));
    }
    page.close("tr");
  }

  private static void footer(Html page) {
    page.open("footer", "");
    page.put(
        "p",
        "",
        "A fault loses, refuses or delays mail now. A weak point does so once something else fails,"
            + " or harms somebody. A note is worth knowing. What is said here was so at the time"
            + " above, as seen from where the audit ran.");
    page.put("p", "", "Made by mx audit of mxrelay.");
    page.close("footer");
  }

  private static String anchor(int index) {
    return "domain-" + (index + 1);
  }

  private static String style() {
    try (InputStream in = AuditPage.class.getResourceAsStream("audit.css")) {
      if (in == null) {
        throw new IllegalStateException("the resource audit.css is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
