package org.mxrelay.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of replies that stands beside this test. */
class ClassificationTest {

  record Row(String stage, String reply, String verdict, String category) {

    static Row of(String line) {
      List<String> columns = List.of(line.split("\t"));
      return new Row(columns.get(0), columns.get(1), columns.get(2), columns.get(3));
    }

    Judgement judged() {
      int code = Integer.parseInt(reply.substring(0, 3));
      String text = reply.substring(3).replace("\\n", "\n").stripLeading();
      ReplyContext at =
          stage.equals("-") ? ReplyContext.unknown() : ReplyContext.at(Stage.valueOf(stage));
      return ReplyClassifier.standard().classify(Reply.of(code, text), at);
    }
  }

  static Stream<Row> rows() throws IOException {
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(ClassificationTest.class.getResourceAsStream("replies.tsv")),
                StandardCharsets.UTF_8))) {
      return in.lines().filter(line -> !line.startsWith("#")).map(Row::of).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void reply_hasItsVerdictAndCategory(Row row) {
    Judgement judged = row.judged();
    assertEquals(
        row.verdict() + " " + row.category(),
        judged.verdict().word() + " " + judged.category().word(),
        "by " + judged.rule());
    int severity = List.of("relayed", "?", "transient", "permanent").indexOf(row.verdict()) + 2;
    assertEquals(severity, judged.status().severity(), "class of " + judged.status());
  }

  @Test
  void table_namesEveryCategory() throws IOException {
    Set<Category> named =
        rows()
            .map(row -> Category.of(row.category()))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Category.class)));
    assertEquals(EnumSet.allOf(Category.class), named);
  }
}
