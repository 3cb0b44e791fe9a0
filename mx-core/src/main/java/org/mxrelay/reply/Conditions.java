package org.mxrelay.reply;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a row may ask of a reply. Lists are any-of, several conditions of a row all-of. */
final class Conditions {

  private static final Pattern CODES = Pattern.compile("[2-5x][0-9x]{2}");
  private static final Pattern STATUSES = Pattern.compile("[245x](\\.(\\d{1,3}|\\*)){2}|none");

  private Conditions() {}

  /** {@code 550 45x 5xx}. */
  static Predicate<ReplyFacts> code(String list) {
    BitSet codes = new BitSet(600);
    for (String pattern : checked(list, CODES, "code")) {
      Pattern digits = Pattern.compile(pattern.replace('x', '.'));
      IntStream.range(200, 600)
          .filter(code -> digits.matcher(Integer.toString(code)).matches())
          .forEach(codes::set);
    }
    return facts -> codes.get(facts.code());
  }

  /** {@code x.7.1 5.2.* none}. */
  static Predicate<ReplyFacts> status(String list) {
    List<String> patterns = checked(list, STATUSES, "status");
    boolean none = patterns.contains("none");
    List<StatusPattern> any =
        patterns.stream().filter(p -> !p.equals("none")).map(StatusPattern::of).toList();
    return facts -> {
      if (facts.status().isEmpty()) {
        return none;
      }
      for (StatusPattern pattern : any) {
        if (pattern.holdsFor(facts.status().get())) {
          return true;
        }
      }
      return false;
    };
  }

  /** {@code MAIL RCPT}: names of {@link Stage}. */
  static Predicate<ReplyFacts> stage(String list) {
    Set<Stage> stages = Arrays.stream(split(list)).map(Stage::valueOf).collect(Collectors.toSet());
    return facts -> stages.contains(facts.at().stage());
  }

  /** {@code qq.com outlook.com}: the exchange is of one of those domains. */
  static Predicate<ReplyFacts> exchange(String list) {
    List<String> domains = List.of(split(list.toLowerCase(Locale.ROOT)));
    return facts ->
        !facts.at().exchange().isEmpty()
            && domains.stream().anyMatch(d -> isWithin(facts.at().exchange(), d));
  }

  /** Any of the phrases stands in the text. */
  static Predicate<ReplyFacts> text(List<SearchPhrase> phrases) {
    List<SearchPhrase> any = List.copyOf(phrases);
    return facts -> {
      for (SearchPhrase phrase : any) {
        if (phrase.isIn(facts.words())) {
          return true;
        }
      }
      return false;
    };
  }

  /** {@code one phrase / another}. */
  static List<SearchPhrase> phrases(String list, Vocabulary vocabulary) {
    return Arrays.stream(list.split(" / ")).map(p -> PhraseParser.parse(p, vocabulary)).toList();
  }

  private static String[] split(String list) {
    return list.strip().split("\\s+");
  }

  private static List<String> checked(String list, Pattern syntax, String key) {
    List<String> patterns = List.of(split(list));
    for (String pattern : patterns) {
      if (!syntax.matcher(pattern).matches()) {
        throw new IllegalArgumentException(key + ": '" + pattern + "'");
      }
    }
    return patterns;
  }

  private static boolean isWithin(String exchange, String domain) {
    return exchange.equals(domain) || exchange.endsWith("." + domain);
  }

  /** An enhanced status code whose parts may be anything, which is -1 here. */
  private record StatusPattern(int severity, int subject, int detail) {

    static StatusPattern of(String text) {
      List<Integer> parts =
          Arrays.stream(text.split("\\."))
              .map(part -> part.equals("x") || part.equals("*") ? -1 : Integer.parseInt(part))
              .toList();
      return new StatusPattern(parts.get(0), parts.get(1), parts.get(2));
    }

    boolean holdsFor(EnhancedStatusCode status) {
      return (severity < 0 || severity == status.severity())
          && (subject < 0 || subject == status.subject())
          && (detail < 0 || detail == status.detail());
    }
  }
}
