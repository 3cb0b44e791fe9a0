package org.mxrelay.examples.outage;

import java.util.List;
import org.mxrelay.examples.page.Html;

/** What was lost by kinds of senders and lengths of outages: the more, the darker. */
final class SenderTable {

  private final List<Cell> cells;

  /**
   * @param cells of one setup, by length
   */
  SenderTable(List<Cell> cells) {
    this.cells = cells;
  }

  void write(Html page) {
    page.open("div", "wide").open("table", "heat").open("thead", "").open("tr", "");
    page.put("th", "", "Sender, and how long it tries");
    cells.forEach(c -> page.put("th", "number", Figures.duration(c.outage())));
    page.close("tr").close("thead").open("tbody", "");
    for (int kind = 0; kind < cells.get(0).senders().size(); kind++) {
      row(page, kind);
    }
    page.close("tbody").close("table").close("div");
  }

  private void row(Html page, int kind) {
    page.open("tr", "").put("td", "", cells.get(0).senders().get(kind).title());
    for (Cell cell : cells) {
      Cell.BySender sender = cell.senders().get(kind);
      String text = sender.sent() == 0 ? "\u2013" : Figures.percent(sender.lostShare());
      page.put("td", "number heat" + shade(sender.lostShare()), text);
    }
    page.close("tr");
  }

  private static int shade(double share) {
    return share == 0 ? 0 : Math.min(5, 1 + (int) (share * 5));
  }
}
