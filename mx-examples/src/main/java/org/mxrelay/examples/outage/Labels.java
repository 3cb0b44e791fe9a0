package org.mxrelay.examples.outage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Names beside the ends of lines, moved apart where they would stand on each other. Confined to one
 * thread.
 */
final class Labels {

  private static final double APART = 18;

  private final List<Label> all = new ArrayList<>();

  record Label(String kind, String words, double y) {}

  void add(String kind, String words, double y) {
    all.add(new Label(kind, words, y));
  }

  /** From above to below, none too near to the one before, the last not below the bottom. */
  List<Label> apart(double bottom) {
    List<Label> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingDouble(Label::y));
    List<Label> placed = new ArrayList<>();
    double free = Double.NEGATIVE_INFINITY;
    for (Label label : sorted) {
      double y = Math.max(label.y(), free);
      placed.add(new Label(label.kind(), label.words(), y));
      free = y + APART;
    }
    double most = bottom;
    for (int i = placed.size() - 1; i >= 0; i--) {
      Label label = placed.get(i);
      placed.set(i, new Label(label.kind(), label.words(), Math.min(label.y(), most)));
      most = placed.get(i).y() - APART;
    }
    return placed;
  }
}
