package org.mxrelay.examples.outage;

import java.util.Locale;
import org.mxrelay.examples.page.Svg;
import org.mxrelay.examples.page.Svg.Anchor;

/** The frame of a chart whose height is a share. */
final class Axis {

  private static final double[] TOPS = {0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1};
  private static final int STEPS = 5;

  private Axis() {}

  /** Where a chart is drawn. */
  record Box(double left, double right, double top, double bottom) {}

  /** The least round share that leaves nothing out. */
  static double top(double most) {
    for (double top : TOPS) {
      if (most <= top) {
        return top;
      }
    }
    return 1;
  }

  /** Lines at a fifth of the whole each, named in percent. */
  static void percents(Svg svg, Box box, double most) {
    for (int i = 0; i <= STEPS; i++) {
      double y = box.bottom() - i * (box.bottom() - box.top()) / STEPS;
      svg.line(i == 0 ? "axis" : "grid", box.left(), y, box.right(), y);
      svg.text("tick", box.left() - 10, y + 4, Anchor.END, percent(most * i / STEPS));
    }
  }

  /** {@code 40 %}, {@code 0.4 %}: as a tick is named. */
  static String percent(double share) {
    String number = String.format(Locale.ROOT, "%.2f", 100 * share);
    return (number.endsWith(".00") ? number.substring(0, number.length() - 3) : number) + " %";
  }
}
