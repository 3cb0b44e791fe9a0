package org.mxrelay.examples.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Says what a builder finds wrong in the words of the command line: a builder names its method and
 * the value ({@code maxHold: ...}), the user gave {@code --max-hold 1s}.
 */
final class GivenOption {

  private static final Pattern NAMED = Pattern.compile("([a-z]+(?:[A-Z][a-z]*)*): (.*)");

  private GivenOption() {}

  /** The error by the name and the value that were given; as the builder has it if none was. */
  static UsageError named(ParseResult given, RuntimeException wrong) {
    String why = Failures.reason(wrong);
    Matcher named = NAMED.matcher(why);
    if (!named.matches()) {
      return new UsageError(why);
    }
    String option = "--" + kebab(named.group(1));
    OptionSpec spec = given.matchedOption(option);
    return spec == null
        ? new UsageError(why)
        : UsageError.of(option, String.join("', '", spec.originalStringValues()), named.group(2));
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
