package org.mxrelay.examples.audit;

import java.util.List;
import org.mxrelay.audit.AuditReport;
import org.mxrelay.audit.Finding;
import org.mxrelay.audit.Severity;
import org.mxrelay.examples.page.Html;

/**
 * One domain of the page. Immutable.
 *
 * @param report of the domain
 * @param anchor to link to it
 */
record DomainSection(AuditReport report, String anchor) {

  void write(Html page) {
    page.openAt("section", anchor, "domain");
    verdict(page);
    report.picture().ifPresent(picture -> new ExchangeMap(report, picture).write(page));
    findings(page);
    inOrder(page);
    report.picture().ifPresent(picture -> new FactTables(picture).write(page));
    page.close("section");
  }

  private void verdict(Html page) {
    page.open("div", "verdict " + Verdict.tone(report));
    page.open("div", "");
    page.put("h2", "", report.domain());
    page.open("p", "").put("strong", "", Verdict.title(report)).text(" ");
    page.text(Verdict.sentence(report)).close("p");
    page.close("div").open("div", "counts");
    for (Severity severity : Severity.values()) {
      count(page, severity);
    }
    page.close("div").close("div");
  }

  private void count(Html page, Severity severity) {
    int number = report.of(severity).size();
    page.open("div", "count " + (number == 0 ? "none" : Verdict.kind(severity)));
    page.put("b", "", String.valueOf(number));
    page.put("span", "", Verdict.label(severity) + plural(severity, number)).close("div");
  }

  private static String plural(Severity severity, int number) {
    return severity == Severity.OK || number == 1 ? "" : "s";
  }

  private void findings(Html page) {
    List<Finding> worth =
        report.findings().stream().filter(f -> f.severity() != Severity.OK).toList();
    if (worth.isEmpty()) {
      return;
    }
    page.put("h3", "", "What was found");
    worth.forEach(finding -> finding(page, finding));
  }

  private static void finding(Html page, Finding finding) {
    page.open("article", "finding " + Verdict.kind(finding.severity()));
    page.open("p", "head");
    page.put(
        "span", "badge " + Verdict.kind(finding.severity()), Verdict.label(finding.severity()));
    page.put("span", "subject", finding.subject());
    page.put("code", "rule", finding.rule()).close("p");
    page.put("p", "message", finding.message());
    if (!finding.advice().isEmpty()) {
      page.open("p", "advice").put("strong", "", "What to do").text(" " + finding.advice());
      page.close("p");
    }
    page.close("article");
  }

  private void inOrder(Html page) {
    List<Finding> good = report.of(Severity.OK);
    if (good.isEmpty()) {
      return;
    }
    page.put("h3", "", "What is in order").open("ul", "good");
    for (Finding finding : good) {
      page.open("li", "").text(finding.message());
      if (!finding.subject().equals(report.domain())) {
        page.put("span", "subject", finding.subject());
      }
      page.close("li");
    }
    page.close("ul");
  }
}
