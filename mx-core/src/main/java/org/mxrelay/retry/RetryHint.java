package org.mxrelay.retry;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a server asks to be left alone, read from the text of a transient reply: {@code
 * greylisted, try again in 300 seconds}.
 *
 * <p>A hint is a stranger's word. It can only make a delay longer, never shorter, and only within
 * bounds: at most 4 hours, and at most four times the delay that was due anyway.
 *
 * <p>Stateless; safe for use by several threads.
 */
public final class RetryHint {

  /** The longest hint that is followed. */
  public static final Duration LONGEST = Duration.ofHours(4);

  private static final int READ = 1_000;
  private static final int TIMES = 4;

  private static final String ASKS =
      "\\b(?:retry|try|again|back|wait|delay|greylist|graylist|defer|erneut|wieder|warte"
          + "|r\u00e9essa|reessa|patiente|attendez|attendre|intente|espere|tente|aguarde|riprova)";
  // Not across the end of a sentence: what is counted there is something else.
  private static final String BETWEEN = "[^.!?\\d]{0,40}";

  private static final String TIME =
      "(?<![-\\w])(\\d{1,6}) ?("
          + "s|secs?|seconds?|sekunden?|secondes?|segundos?|second[io]"
          + "|m|mins?|minutes?|minuten?|minutos?|minut[io]"
          + "|h|hrs?|hours?|stunden?|heures?|horas?|or[ae])\\b";

  private static final Pattern AMOUNT = Pattern.compile(ASKS + BETWEEN + TIME);

  /** {@code in 5 Minuten erneut versuchen}. */
  private static final Pattern AMOUNT_FIRST =
      Pattern.compile("\\bin " + TIME + "[^.!?\\d]{0,20}\\b(?:erneut|wieder|nochmal|again)");

  private static final Pattern CLOCK =
      Pattern.compile(ASKS + BETWEEN + "(?<![-\\w])(\\d{1,2}):(\\d{2}):(\\d{2})\\b");

  private RetryHint() {}

  /**
   * The time that the text asks for, from 1 second to {@link #LONGEST}; nothing if it asks for
   * none. Only the first 1,000 characters are read.
   */
  public static Optional<Duration> in(String text) {
    String read = text.substring(0, Math.min(READ, text.length())).toLowerCase(Locale.ROOT);
    return amount(AMOUNT, read)
        .or(() -> amount(AMOUNT_FIRST, read))
        .or(() -> clock(read))
        .filter(asked -> asked.compareTo(Duration.ZERO) > 0)
        .map(asked -> shorter(asked, LONGEST));
  }

  /**
   * The patience that a reply calls for: its hint, but at most four times the delay.
   *
   * @param text of the reply
   * @param delay drawn from the schedule
   * @return zero if the text has no hint
   */
  public static Duration patience(String text, Duration delay) {
    return in(text).map(asked -> bounded(asked, delay)).orElse(Duration.ZERO);
  }

  private static Duration bounded(Duration asked, Duration delay) {
    // A delay so long that its multiple would not fit is longer than any hint.
    return delay.compareTo(LONGEST) >= 0 ? asked : shorter(asked, delay.multipliedBy(TIMES));
  }

  private static Optional<Duration> amount(Pattern by, String text) {
    Matcher m = by.matcher(text);
    return m.find()
        ? Optional.of(unit(m.group(2).charAt(0)).multipliedBy(Long.parseLong(m.group(1))))
        : Optional.empty();
  }

  private static Optional<Duration> clock(String text) {
    Matcher m = CLOCK.matcher(text);
    return m.find()
        ? Optional.of(
            Duration.ofHours(Long.parseLong(m.group(1)))
                .plusMinutes(Long.parseLong(m.group(2)))
                .plusSeconds(Long.parseLong(m.group(3))))
        : Optional.empty();
  }

  private static Duration unit(char symbol) {
    return switch (symbol) {
      case 's' -> Duration.ofSeconds(1);
      case 'm' -> Duration.ofMinutes(1);
      default -> Duration.ofHours(1);
    };
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
