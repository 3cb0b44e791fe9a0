package org.mxrelay.examples.outage;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.mxrelay.examples.page.Svg;
import org.mxrelay.examples.page.Svg.Anchor;

/**
 * Draws how much of the mail that waited for the primary is still on its way, by the time since the
 * primary came back: a line for each setup. Time is drawn by its logarithm.
 */
final class ReturnChart {

  private static final int WIDTH = 960;
  private static final int HEIGHT = 396;
  private static final Axis.Box BOX = new Axis.Box(70, 700, 40, 326);
  private static final int POINTS = 400;
  private static final double FROM = Math.log(10);
  private static final List<Duration> TICKS =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(4),
          Duration.ofHours(12));

  private final List<Cell> cells;
  private final double to;
  private final Svg svg = new Svg(WIDTH, HEIGHT, "Mail that waits after the primary's return", "");

  /**
   * @param cells of one length, by setup
   */
  ReturnChart(List<Cell> cells) {
    this.cells = cells;
    long longest =
        cells.stream().mapToLong(c -> c.afterReturn().quantile(1).toSeconds()).max().orElse(0);
    this.to = Math.log(Math.max(3_600, longest * 1.1));
  }

  String svg() {
    Axis.percents(svg, BOX, 1);
    TICKS.stream().filter(t -> log(t) <= to).forEach(this::tick);
    double middle = (BOX.left() + BOX.right()) / 2;
    String across = "time since the primary came back";
    svg.text("axis-name", middle, BOX.bottom() + 54, Anchor.MIDDLE, across);
    svg.text("axis-name", BOX.left() - 52, BOX.top() - 18, Anchor.START, "still on its way");
    cells.forEach(this::line);
    for (int i = 0; i < cells.size(); i++) {
      key(cells.get(i), BOX.top() + 14 + 46.0 * i);
    }
    return svg.done();
  }

  private void tick(Duration tick) {
    double x = x(log(tick));
    svg.line("axis", x, BOX.bottom(), x, BOX.bottom() + 6);
    svg.text("tick", x, BOX.bottom() + 24, Anchor.MIDDLE, Figures.duration(tick));
  }

  private void line(Cell cell) {
    double[] times =
        IntStream.rangeClosed(0, POINTS)
            .mapToDouble(i -> FROM + i * (to - FROM) / POINTS)
            .toArray();
    double[] xs = IntStream.rangeClosed(0, POINTS).mapToDouble(i -> x(times[i])).toArray();
    double[] ys =
        IntStream.rangeClosed(0, POINTS).mapToDouble(i -> y(missing(cell, times[i]))).toArray();
    svg.polyline("line " + cell.setup().word(), xs, ys);
  }

  private void key(Cell cell, double y) {
    svg.text(
        "label " + cell.setup().word(), BOX.right() + 20, y, Anchor.START, cell.setup().title());
    String words =
        "half in "
            + Figures.duration(cell.afterReturn().quantile(0.5))
            + ", 99 % in "
            + Figures.duration(cell.afterReturn().quantile(0.99));
    svg.text("tick", BOX.right() + 20, y + 18, Anchor.START, words);
  }

  private static double missing(Cell cell, double logSeconds) {
    Duration limit = Duration.ofSeconds((long) Math.exp(logSeconds));
    return Cell.share(cell.afterReturn().longerThan(limit), cell.afterReturn().count());
  }

  private static double log(Duration time) {
    return Math.log((double) time.toSeconds());
  }

  private double x(double logSeconds) {
    return BOX.left() + (logSeconds - FROM) / (to - FROM) * (BOX.right() - BOX.left());
  }

  private static double y(double share) {
    return BOX.bottom() - share * (BOX.bottom() - BOX.top());
  }
}
