package org.mxrelay.examples.outage;

import java.util.List;
import org.mxrelay.examples.page.Svg;
import org.mxrelay.examples.page.Svg.Anchor;

/** Draws two bars for each setup: the spam that came through, and the reports to the innocent. */
final class SpamChart {

  private static final int WIDTH = 920;
  private static final int LEFT = 190;
  private static final int RIGHT = 760;
  private static final int TOP = 30;
  private static final int ROW = 66;

  private final List<Cell> cells;
  private final double most;
  private final Svg svg;

  /**
   * @param cells of one length, by setup
   */
  SpamChart(List<Cell> cells) {
    this.cells = cells;
    this.most =
        Axis.top(
            cells.stream()
                .mapToDouble(c -> Math.max(c.spam().passedShare(), c.spam().backscatterShare()))
                .max()
                .orElse(0));
    this.svg = new Svg(WIDTH, TOP + cells.size() * ROW + 52, "What becomes of spam", "");
  }

  String svg() {
    double bottom = TOP + cells.size() * (double) ROW;
    for (int i = 0; i <= 5; i++) {
      double x = LEFT + i * (RIGHT - LEFT) / 5.0;
      svg.line(i == 0 ? "axis" : "grid", x, TOP - 6, x, bottom);
      svg.text("tick", x, bottom + 20, Anchor.MIDDLE, Axis.percent(most * i / 5));
    }
    svg.text("axis-name", (LEFT + RIGHT) / 2.0, bottom + 44, Anchor.MIDDLE, "of all spam");
    for (int i = 0; i < cells.size(); i++) {
      row(cells.get(i), TOP + i * (double) ROW);
    }
    return svg.done();
  }

  private void row(Cell cell, double y) {
    svg.text("label " + cell.setup().word(), LEFT - 14, y + 28, Anchor.END, cell.setup().title());
    bar("passed", cell.spam().passedShare(), y + 4, " reached a mailbox");
    bar("backscatter", cell.spam().backscatterShare(), y + 27, " made a report to the innocent");
  }

  private void bar(String kind, double share, double y, String words) {
    double width = share / most * (RIGHT - LEFT);
    svg.rect("bar " + kind, LEFT, y, Math.max(width, 1), 18);
    boolean inside = width > 330;
    double x = inside ? LEFT + width - 8 : LEFT + width + 8;
    svg.text(
        inside ? "in-bar" : "value",
        x,
        y + 14,
        inside ? Anchor.END : Anchor.START,
        Figures.percent(share) + words);
  }
}
