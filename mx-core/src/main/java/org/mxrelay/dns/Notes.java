package org.mxrelay.dns;

import java.util.ArrayList;
import java.util.List;

/** Collects what is odd about an answer, but not thousands of oddities. Confined to one thread. */
final class Notes {

  private static final int MOST = 20;

  private final List<String> lines = new ArrayList<>();
  private int beyond;

  void add(String line) {
    if (lines.size() < MOST) {
      lines.add(line);
    } else {
      beyond++;
    }
  }

  void addUnlessEmpty(String line) {
    if (!line.isEmpty()) {
      add(line);
    }
  }

  List<String> toList() {
    List<String> all = new ArrayList<>(lines);
    if (beyond > 0) {
      all.add("and " + beyond + " further notes");
    }
    return all;
  }
}
