package org.mxrelay.examples.page;

import java.util.Locale;

/** Writes an SVG picture, element by element. Confined to one thread. */
public final class Svg {

  /** Where a text stands to its point. */
  public enum Anchor {
    START,
    MIDDLE,
    END
  }

  private final StringBuilder out = new StringBuilder();

  /**
   * An empty picture.
   *
   * @param width in pixels
   * @param height in pixels
   * @param title what it shows, for those who cannot see it
   * @param style a style sheet of our own for its kinds of elements
   */
  public Svg(int width, int height, String title, String style) {
    out.append(
        format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\""
                + " height=\"%d\" role=\"img\" font-family=\"system-ui, sans-serif\">%n",
            width, height, width, height));
    out.append(format("<title>%s</title>%n<style>%s</style>%n", escaped(title), style));
    out.append(format("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>%n", width, height));
  }

  /** A line. */
  public void line(String kind, double x1, double y1, double x2, double y2) {
    out.append(
        format(
            "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
            kind, x1, y1, x2, y2));
  }

  /** Straight lines from point to point: as many x as y. */
  public void polyline(String kind, double[] xs, double[] ys) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < xs.length; i++) {
      points.append(format("%s%.1f,%.1f", i == 0 ? "" : " ", xs[i], ys[i]));
    }
    out.append(format("<polyline class=\"%s\" points=\"%s\"/>%n", kind, points));
  }

  /** A filled rectangle. */
  public void rect(String kind, double x, double y, double width, double height) {
    out.append(
        format(
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>%n",
            kind, x, y, width, height));
  }

  /** A point that tells more when it is pointed at. */
  public void dot(String kind, double x, double y, String hint) {
    out.append(
        format(
            "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>%s</title></circle>%n",
            kind, x, y, escaped(hint)));
  }

  /** A text of one line. */
  public void text(String kind, double x, double y, Anchor anchor, String words) {
    out.append(
        format(
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            kind, x, y, anchor.name().toLowerCase(Locale.ROOT), escaped(words)));
  }

  /** The picture. */
  public String done() {
    return out + "</svg>\n";
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
