package org.mxrelay.examples.outage;

import org.mxrelay.examples.page.Html;

/** All figures. */
final class FiguresTable {

  private static final String[] HEADS = {
    "Sent meanwhile",
    "Lost",
    "Half came within",
    "95 % within",
    "99 % after the return within",
    "Silently late",
    "Duplicates",
    "Spam passed",
    "Spam reported to the innocent"
  };

  private final Study study;

  FiguresTable(Study study) {
    this.study = study;
  }

  void write(Html page) {
    page.open("section", "card").put("h2", "", "All figures");
    page.put(
        "p",
        "small",
        "Of the wanted mail that was sent during outages; duplicates, of all wanted mail, and spam,"
            + " of all spam, whenever sent.");
    page.open("div", "wide").open("table", "figures").open("thead", "").open("tr", "");
    page.put("th", "", "Outage").put("th", "", "Setup");
    for (String head : HEADS) {
      page.put("th", "number", head);
    }
    page.close("tr").close("thead").open("tbody", "");
    study.cells().forEach(cell -> row(page, cell));
    page.close("tbody").close("table").close("div").close("section");
  }

  private static void row(Html page, Cell cell) {
    boolean first = cell.setup() == Setup.NONE;
    page.open("tr", first ? "first" : "");
    page.put("td", "", first ? Figures.duration(cell.outage()) : "");
    page.put("td", "setup " + cell.setup().word(), cell.setup().title());
    number(page, Figures.count(cell.wanted().sent()));
    number(page, Figures.percent(cell.wanted().lostShare()));
    number(page, Figures.duration(cell.delays().quantile(0.5)));
    number(page, Figures.duration(cell.delays().quantile(0.95)));
    number(page, Figures.duration(cell.afterReturn().quantile(0.99)));
    number(page, Figures.percent(cell.wanted().silentShare()));
    number(page, Figures.percent(cell.wanted().duplicateShare()));
    number(page, Figures.percent(cell.spam().passedShare()));
    number(page, Figures.percent(cell.spam().backscatterShare()));
    page.close("tr");
  }

  private static void number(Html page, String text) {
    page.put("td", "number", text);
  }
}
