package org.mxrelay.reply;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads rule tables: rows of lines {@code key value}, continued on lines that begin with a space,
 * an empty line between rows, {@code #} for remarks. What each key means stands in {@code
 * docs/classification.md}.
 *
 * <p>Confined to the thread that reads.
 */
final class RuleTableReader {

  /** In the order in which they are asked. */
  private static final List<String> STANDARD =
      List.of(
          "providers",
          "verdicts",
          "session",
          "sender",
          "reputation",
          "content",
          "transit",
          "mailbox",
          "recipient",
          "server",
          "policy",
          "codes");

  private final Vocabulary vocabulary = new Vocabulary();
  private final List<RuleRow> rows = new ArrayList<>();
  private final Set<String> ids = new LinkedHashSet<>();

  /** Adds the standard rows, which come with the library. */
  RuleTableReader standard() {
    for (String name : STANDARD) {
      String file = "replies/" + name + ".rules";
      try (var in = RuleTableReader.class.getResourceAsStream(file)) {
        if (in == null) {
          throw new IllegalStateException("missing resource " + file);
        }
        add(file, new InputStreamReader(in, StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(file, e);
      }
    }
    return this;
  }

  /**
   * Adds rows behind those read so far.
   *
   * @param name what errors call the source
   * @throws IllegalArgumentException naming source and line of what is wrong
   */
  RuleTableReader add(String name, Reader source) throws IOException {
    BufferedReader lines = new BufferedReader(source);
    RuleRowReader row = new RuleRowReader(vocabulary);
    int number = 0;
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.isBlank()) {
          row = finish(row);
        } else if (line.charAt(0) != '#') {
          row.line(line);
        }
      }
      finish(row);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ":" + number + ": " + e.getMessage(), e);
    }
    return this;
  }

  RuleTable table() {
    return new RuleTable(rows, vocabulary);
  }

  private RuleRowReader finish(RuleRowReader reader) {
    if (!reader.isEmpty()) {
      RuleRow row = reader.row();
      if (!ids.add(row.id())) {
        throw new IllegalArgumentException("second row of the name " + row.id());
      }
      rows.add(row);
    }
    return new RuleRowReader(vocabulary);
  }
}
