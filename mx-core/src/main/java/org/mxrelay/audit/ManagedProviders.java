package org.mxrelay.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Domain;

/**
 * Those who run mail exchangers for others, known by the exchanges' names.
 *
 * <p>Immutable.
 *
 * @param rows of the table, each with its source
 */
record ManagedProviders(List<Row> rows) {

  private static final String TABLE = "providers.txt";

  /** The table that ships with this package. */
  static final ManagedProviders STANDARD = new ManagedProviders(read());

  /**
   * A provider.
   *
   * @param name what it is called
   * @param endings of its exchanges' names, whole labels
   * @param source where that is documented
   */
  record Row(String name, List<String> endings, String source) {

    boolean runs(String exchange) {
      return endings.stream()
          .anyMatch(ending -> exchange.equals(ending) || exchange.endsWith("." + ending));
    }
  }

  /** Who runs an exchange of this name, if it is one of them. */
  Optional<String> of(Domain exchange) {
    return rows.stream().filter(row -> row.runs(exchange.name())).map(Row::name).findFirst();
  }

  private static List<Row> read() {
    try (InputStream in = ManagedProviders.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + TABLE + " is missing");
      }
      List<Row> rows = new ArrayList<>();
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          rows.add(row(line));
        }
      }
      return List.copyOf(rows);
    } catch (IOException e) {
      throw new UncheckedIOException("the resource " + TABLE, e);
    }
  }

  private static Row row(String line) {
    String[] cells = line.split("\\|", -1);
    if (cells.length != 3) {
      throw new IllegalStateException("the resource " + TABLE + " has a row that is none: " + line);
    }
    return new Row(cells[0].strip(), List.of(cells[1].strip().split("\\s+")), cells[2].strip());
  }
}
