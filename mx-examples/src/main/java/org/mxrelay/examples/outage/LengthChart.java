package org.mxrelay.examples.outage;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.mxrelay.examples.page.Svg;
import org.mxrelay.examples.page.Svg.Anchor;

/**
 * Draws a share of the mail, from nothing to all, by the length of outages: a line for each setup.
 * Lengths stand side by side as they were given, since they span minutes to days.
 */
final class LengthChart {

  private static final int WIDTH = 960;
  private static final int HEIGHT = 396;
  private static final int LEFT = 70;
  private static final int RIGHT = 740;
  private static final int TOP = 40;
  private static final int BOTTOM = 326;

  private final Study study;
  private final ToDoubleFunction<Cell> share;
  private final Svg svg;
  private final double most;

  /**
   * @param what it shows
   * @param share 0 to 1
   */
  LengthChart(Study study, String what, ToDoubleFunction<Cell> share) {
    this.study = study;
    this.share = share;
    this.svg = new Svg(WIDTH, HEIGHT, what, "");
    this.most = Axis.top(study.cells().stream().mapToDouble(share).max().orElse(0));
  }

  String svg(String across, String up) {
    Axis.percents(svg, new Axis.Box(LEFT, RIGHT, TOP, BOTTOM), most);
    List<Duration> lengths = study.options().lengths();
    for (int i = 0; i < lengths.size(); i++) {
      svg.text("tick", x(i), BOTTOM + 24, Anchor.MIDDLE, Figures.duration(lengths.get(i)));
    }
    svg.text("axis-name", (LEFT + RIGHT) / 2.0, BOTTOM + 54, Anchor.MIDDLE, across);
    svg.text("axis-name", LEFT - 52, TOP - 18, Anchor.START, up);
    Labels labels = new Labels();
    for (Setup setup : Setup.values()) {
      line(setup, labels);
    }
    labels
        .apart(BOTTOM)
        .forEach(l -> svg.text(l.kind(), RIGHT + 16, l.y() + 4, Anchor.START, l.words()));
    return svg.done();
  }

  private void line(Setup setup, Labels labels) {
    List<Cell> cells = study.of(setup);
    double[] xs = new double[cells.size()];
    double[] ys = new double[cells.size()];
    for (int i = 0; i < cells.size(); i++) {
      xs[i] = x(i);
      ys[i] = y(share.applyAsDouble(cells.get(i)));
    }
    svg.polyline("line " + setup.word(), xs, ys);
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      String hint =
          setup.title()
              + ", outages of "
              + Figures.duration(cell.outage())
              + ": "
              + Figures.percent(share.applyAsDouble(cell));
      svg.dot("dot " + setup.word(), xs[i], ys[i], hint);
    }
    double last = share.applyAsDouble(cells.get(cells.size() - 1));
    labels.add("label " + setup.word(), setup.title() + ", " + Figures.percent(last), y(last));
  }

  private double x(int place) {
    int count = study.options().lengths().size();
    return count == 1
        ? (LEFT + RIGHT) / 2.0
        : LEFT + 30 + place * (RIGHT - LEFT - 30.0) / (count - 1);
  }

  private double y(double value) {
    return BOTTOM - value / most * (BOTTOM - TOP);
  }
}
