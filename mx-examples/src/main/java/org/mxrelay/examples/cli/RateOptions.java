package org.mxrelay.examples.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.mxrelay.smtp.Rate;
import org.mxrelay.smtp.RateLimit;
import picocli.CommandLine.Option;

/** How fast, and to whom. */
final class RateOptions {

  @Option(
      names = "--rate",
      paramLabel = "PATTERN=N/s",
      description = {
        "Messages at most to each set of exchanges, where the domain's or an exchange's name is"
            + " the",
        "pattern, ends as *.name does, or is any (*); N/s, N/m or N/h. Repeatable, the first one",
        "that matches counts."
      })
  private List<String> messages = new ArrayList<>();

  @Option(
      names = "--connection-rate",
      paramLabel = "PATTERN=N/s",
      description = "Connections at most, likewise.")
  private List<String> connections = new ArrayList<>();

  /** All of them, in their order. */
  List<RateLimit> limits() {
    List<RateLimit> limits = new ArrayList<>();
    messages.forEach(text -> limits.add(limit("--rate", text, RateLimit::messages)));
    connections.forEach(
        text -> limits.add(limit("--connection-rate", text, RateLimit::connections)));
    return limits;
  }

  private static RateLimit limit(
      String option, String text, BiFunction<String, Rate, RateLimit> kind) {
    int equals = text.lastIndexOf('=');
    if (equals < 0) {
      throw UsageError.of(option, text, "must be PATTERN=N/s");
    }
    try {
      return kind.apply(text.substring(0, equals), Rate.parse(text.substring(equals + 1)));
    } catch (IllegalArgumentException e) {
      throw UsageError.of(option, text, Failures.reason(e));
    }
  }
}
