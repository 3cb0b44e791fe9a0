package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;

/** A block of {@code faults.txt}. */
record FaultCase(
    String name,
    boolean isReal,
    List<String> records,
    List<String> faults,
    List<String> self,
    String expected,
    List<String> words) {

  static List<FaultCase> all() {
    try (InputStream in =
        Objects.requireNonNull(FaultCase.class.getResourceAsStream("faults.txt"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.replaceAll("(?m)^#.*\n", "").strip().split("\n{2,}"))
          .map(FaultCase::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FaultCase parse(String block) {
    List<String> lines = block.lines().toList();
    String[] head = lines.get(0).split(" ");
    assertEquals("case", head[0], block);
    return new FaultCase(
        head[1],
        head.length > 2,
        records(lines.subList(1, lines.size())),
        marked(lines, "! "),
        marked(lines, "self "),
        String.join("", marked(lines, "= ")),
        marked(lines, "~ "));
  }

  private static List<String> marked(List<String> lines, String mark) {
    return lines.stream()
        .filter(l -> l.startsWith(mark))
        .map(l -> l.substring(mark.length()))
        .toList();
  }

  private static List<String> records(List<String> lines) {
    List<String> records = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("% ")) {
        many(line.split(" ")[1], Integer.parseInt(line.split(" ")[2])).forEach(records::add);
      } else if (!line.matches("(self|[!=~]) .*")) {
        records.add(line);
      }
    }
    return records;
  }

  private static Stream<String> many(String what, int count) {
    return switch (what) {
      case "chain" ->
          IntStream.rangeClosed(0, count)
              .mapToObj(
                  i ->
                      (i == 0 ? "@" : "c" + i) + (i == count ? " MX 10 mx" : " CNAME c" + (i + 1)));
      case "mx" ->
          Stream.concat(
              IntStream.range(0, count).mapToObj(i -> "@ MX " + i + " h" + i),
              IntStream.range(0, 10).mapToObj(i -> "h" + i + " A 192.0.2.1"));
      case "addresses" ->
          IntStream.range(0, count).mapToObj(i -> "mx A 9.9." + i / 250 + "." + (i % 250 + 1));
      case "text" -> Stream.of("@ TXT" + (" \"" + "x".repeat(250) + "\"").repeat(count / 251));
      default -> throw new IllegalArgumentException(what);
    };
  }

  String domain() {
    return name + ".matrix.test";
  }

  /** A name of the table, in full and without the final dot. */
  String full(String relative) {
    if (relative.equals("@")) {
      return domain();
    }
    boolean isAbsolute = relative.endsWith(".");
    return isAbsolute
        ? relative.substring(0, relative.length() - 1)
        : relative.equals("*") ? relative : relative + "." + domain();
  }

  /** The records as a part of a master file. */
  String zoneText() {
    return "$ORIGIN " + domain() + ".\n" + String.join("\n", records) + "\n";
  }

  void verify(RouteDecision decision) {
    String explained = String.join("\n", decision.explain());
    String routes = decision.routes().stream().map(this::line).collect(Collectors.joining(", "));
    String said =
        decision.fold(
            attempt ->
                expected.endsWith(" routes") ? routes.split(", ").length + " routes" : routes,
            defer -> "defer " + defer.status(),
            fail -> "fail " + fail.status());
    assertEquals(expected, said, explained);
    for (String word : words) {
      assertTrue(
          explained.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT)), explained);
    }
  }

  private String line(Route route) {
    String exchange = route.exchange().replace("." + domain(), "").replace(domain(), "@");
    return route.preference()
        + " "
        + exchange
        + " "
        + route.address().getAddress().getHostAddress();
  }

  @Override
  public String toString() {
    return name;
  }
}
