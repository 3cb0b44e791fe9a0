package org.mxrelay.examples.outage;

import java.util.Locale;
import org.mxrelay.examples.page.Html;

/** What was simulated, and on what assumptions. */
final class SimulatedSection {

  private final Study study;

  SimulatedSection(Study study) {
    this.study = study;
  }

  void write(Html page) {
    Study.Options options = study.options();
    page.open("section", "card simulated").put("h2", "", "What was simulated");
    page.put(
        "p",
        "",
        String.format(
            Locale.ROOT,
            "A domain's mail over %s: %s messages for each of %d lengths of outage and %d setups,"
                + " the same messages for each setup, half of them sent during outages. The primary"
                + " is away about every %s.",
            Figures.duration(options.over()),
            Figures.count(options.messages()),
            options.lengths().size(),
            Setup.values().length,
            Figures.duration(options.between())));
    setups(page);
    page.open("div", "two");
    senders(page, options.mix());
    assumptions(page, options.assumptions());
    page.close("div").close("section");
  }

  private static void setups(Html page) {
    page.open("ul", "setups");
    for (Setup setup : Setup.values()) {
      page.open("li", setup.word()).put("b", "", setup.title());
      page.put("span", "", setup.description()).close("li");
    }
    page.close("ul");
  }

  private static void senders(Html page, Mix mix) {
    page.open("div", "").put("h3", "", "Who sends the wanted mail").open("table", "");
    for (Mix.Share share : mix.shares()) {
      page.open("tr", "").put("td", "", share.sender().title());
      page.put("td", "number", Figures.percent(mix.part(share))).close("tr");
    }
    page.close("table");
    page.put(
        "p", "small", "Schedules as their makers document them; the shares are an assumption.");
    page.close("div");
  }

  private static void assumptions(Html page, Assumptions a) {
    page.open("div", "").put("h3", "", "What is assumed").open("table", "");
    row(page, "Spam, of all mail", a.spam());
    row(page, "Spam that tries the backup first", a.spamAtBackup());
    row(page, "Spam for addresses that do not exist", a.spamToNobody());
    row(page, "Spam that its sender\u2019s address gives away", a.caughtByAddress());
    row(page, "Spam that its content gives away", a.caughtByContent());
    row(page, "Wanted mail for recipients that a backup remembers", a.recipientsKnown());
    row(page, "Replies to a message that get lost", a.repliesLost());
    page.close("table").close("div");
  }

  private static void row(Html page, String what, double share) {
    page.open("tr", "").put("td", "", what);
    page.put("td", "number", Figures.percent(share)).close("tr");
  }
}
