package org.mxrelay.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxrelay.reply.RuleRow.Example;
import org.mxrelay.reply.RuleTable.Findings;

/** Every row of the standard tables is reached: its own example is decided by it and no other. */
class StandardRulesTest {

  private static final RuleTable TABLE = new RuleTableReader().standard().table();

  static Stream<Arguments> rows() {
    return TABLE.rows().stream().map(row -> Arguments.of(Named.of(row.id(), row)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRow_hasAnExampleThatItDecides(RuleRow row) {
    assertFalse(row.examples().isEmpty(), "no example in row " + row.id());
    for (Example example : row.examples()) {
      Findings found = TABLE.judge(example.reply(), example.at());
      if (row.category().isPresent()) {
        assertEquals(row.id(), found.category().map(RuleRow::id).orElse("none"), "category");
      }
      if (row.verdict().isPresent()) {
        assertEquals(row.id(), found.verdict().map(RuleRow::id).orElse("none"), "verdict");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRow_saysSomething(RuleRow row) {
    assertTrue(row.verdict().isPresent() || row.category().isPresent(), row.id());
  }

  @Test
  void everyFileOfRules_isRead() throws Exception {
    Path folder =
        Path.of(Objects.requireNonNull(RuleTable.class.getResource("replies/codes.rules")).toURI());
    long written = 0;
    try (Stream<Path> files = Files.list(Objects.requireNonNull(folder.getParent()))) {
      for (Path file : files.toList()) {
        written += Files.readAllLines(file).stream().filter(l -> l.startsWith("row ")).count();
      }
    }
    assertEquals(written, TABLE.rows().size());
  }
}
