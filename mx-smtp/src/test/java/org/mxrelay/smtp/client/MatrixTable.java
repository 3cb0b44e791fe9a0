package org.mxrelay.smtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code stage-fault.txt}: what each cell of the stage and fault matrix comes to. */
final class MatrixTable {

  private static final String NONE = "-";

  private MatrixTable() {}

  /**
   * A fault at a place, in one kind of session.
   *
   * @param expected in the table's words, with the stage
   */
  record Cell(Fault fault, Place place, Variant variant, String expected) {
    @Override
    public String toString() {
      return fault + " at " + place + " (" + variant.words() + "): " + expected;
    }
  }

  /** All cells, row by row. */
  static List<Cell> cells() throws IOException {
    List<Cell> cells = new ArrayList<>();
    List<String> columns = List.of();
    for (String line : lines()) {
      List<String> words = List.of(line.strip().split("\\s+"));
      if (columns.isEmpty()) {
        columns = words;
        continue;
      }
      if (words.size() != columns.size()) {
        throw new IllegalArgumentException("not one word for each column: " + line);
      }
      for (int i = 1; i < columns.size(); i++) {
        Fault fault = Fault.valueOf(words.get(0).toUpperCase(Locale.ROOT));
        add(fault, Place.valueOf(columns.get(i)), words.get(i), cells);
      }
    }
    return cells;
  }

  private static void add(Fault fault, Place place, String word, List<Cell> to) {
    for (Variant variant : Variant.values()) {
      String one = of(variant, word);
      if (!one.equals(NONE) && variant.has(fault, place)) {
        to.add(new Cell(fault, place, variant, withStage(one, place)));
      }
    }
  }

  private static String of(Variant variant, String word) {
    return choose(variant.isLockstep(), "/", choose(variant.isTls(), "\\|", word));
  }

  private static String choose(boolean second, String by, String word) {
    String[] both = word.split(by);
    return both[second && both.length > 1 ? 1 : 0];
  }

  private static String withStage(String word, Place place) {
    boolean bare = word.contains("@") || word.startsWith("relayed") || word.equals("in-clear");
    return bare ? word : word + "@" + place.stage();
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = MatrixTable.class.getResourceAsStream("stage-fault.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(l -> !l.isBlank() && !l.startsWith("#"))
          .toList();
    }
  }
}
