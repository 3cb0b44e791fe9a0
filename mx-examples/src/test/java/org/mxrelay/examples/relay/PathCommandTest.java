package org.mxrelay.examples.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathCommandTest {

  @ParameterizedTest
  @CsvSource({
    "'FROM:<a@b.test>',                               a@b.test,       {}",
    "'from:<a@b.test>',                               a@b.test,       {}",
    "'FROM: <a@b.test>',                              a@b.test,       {}",
    "'FROM:<>',                                       '',             {}",
    "'FROM:<a@b.test> SIZE=12 BODY=8BITMIME',         a@b.test,       '{BODY=8BITMIME, SIZE=12}'",
    "'FROM:<a@b.test> size=12 SMTPUTF8',              a@b.test,       '{SIZE=12, SMTPUTF8=}'",
    "'FROM:<@x.test,@y.test:a@b.test>',               a@b.test,       {}",
    "'FROM:<\"a b\"@b.test> SIZE=1',                  '\"a b\"@b.test', {SIZE=1}",
  })
  void withinTheGrammar_isRead(String arguments, String path, String parameters) {
    PathCommand command = PathCommand.read("FROM", arguments).orElseThrow();
    assertEquals(path, command.path());
    assertEquals(parameters, sorted(command.parameters()).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "FROM",
        "FROM:",
        "FROM:a@b.test",
        "TO:<a@b.test>",
        "FROM:<a@b.test",
        "FROM:<a@b.test>SIZE=1",
        "FROM:<a@b.test> <c@d.test>",
        "FROM:<<a@b.test>>",
        "FROM:<a@b.test> SIZE=",
        "FROM:<a@b.test> SIZE=1 SIZE=2",
        "FROM:<a@b.test> =1"
      })
  void beyondTheGrammar_isNothing(String arguments) {
    assertEquals(Optional.empty(), PathCommand.read("FROM", arguments));
  }

  private static Map<String, String> sorted(Map<String, String> map) {
    return new TreeMap<>(map);
  }
}
