package org.mxrelay.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** V9: whatever stands before the last unquoted at sign, mail goes to what stands behind it. */
class MisroutingTest {

  /** Local parts, and whether they are such. */
  private static final Map<String, Boolean> LOCAL_PARTS = localParts();

  /** What stands behind the at sign, and where mail goes then; empty where it goes nowhere. */
  private static final Map<String, String> DOMAINS = domains();

  private static Map<String, Boolean> localParts() {
    Map<String, Boolean> all = new LinkedHashMap<>();
    for (String good :
        List.of(
            "ann",
            "\"a@evil.example x\"",
            "\"a@evil.example\"",
            "\"@\"",
            "\"a\\\"@evil.example\"",
            "\"a,b@evil.example\"",
            "ann%evil.example",
            "evil.example!ann")) {
      all.put(good, true);
    }
    for (String bad :
        List.of(
            "a@evil.example x",
            "ann@evil.example",
            "\"ann\"@evil.example",
            "\"a\" @evil.example",
            "ann(@evil.example)",
            "<ann@evil.example>,ann",
            "\"<a@evil.example>\"",
            "@evil.example:ann",
            "@evil.example,@b.example:ann",
            "\"a\"x\"@evil.example\"",
            "ann\\@evil.example",
            "ann..x",
            "")) {
      all.put(bad, false);
    }
    return all;
  }

  private static Map<String, String> domains() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("good.example", "good.example");
    all.put("GOOD.example", "good.example");
    all.put("g\uff4f\uff4fd.example", "good.example");
    all.put("good\u3002example", "good.example");
    all.put("[192.0.2.1]", "[192.0.2.1]");
    all.put("[IPv6:2001:db8::1]", "[IPv6:2001:db8::1]");
    for (String nowhere :
        List.of(
            "good.example(evil.example)",
            "good.example>",
            "good.example:25",
            "good..example",
            ".good.example",
            "good example",
            "good.example/evil",
            "good.example%00.evil",
            "192.0.2.1",
            "[192.0.2.1]evil.example",
            "")) {
      all.put(nowhere, "");
    }
    return all;
  }

  static Stream<Arguments> cases() {
    List<Arguments> all = new ArrayList<>();
    LOCAL_PARTS.forEach(
        (local, good) ->
            DOMAINS.forEach(
                (domain, goesTo) ->
                    all.add(Arguments.of(local + "@" + domain, good ? goesTo : ""))));
    return all.stream();
  }

  @ParameterizedTest(name = "{0} goes to {1}")
  @MethodSource("cases")
  void v9_mailGoesToWhatStandsBehindTheLastUnquotedAt(String address, String goesTo) {
    if (goesTo.isEmpty()) {
      assertThrows(InvalidAddressException.class, () -> Mailbox.parse(address));
    } else {
      assertEquals(goesTo, Mailbox.parse(address).destination().toString());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<@evil.example:ann@good.example>",
        "@evil.example:ann@good.example",
        "@a.example,@b.example:ann@good.example",
        "ann@good.example,eve@evil.example",
        "ann@good.example eve@evil.example",
        "ann@good.example;eve@evil.example",
        "Ann <ann@good.example>",
        "ann@good.example\u0000@evil.example",
        "ann@good.example@evil.example"
      })
  void v9_routesAndLists_areNoAddress(String text) {
    assertThrows(InvalidAddressException.class, () -> Mailbox.parse(text));
  }
}
