package org.mxrelay.retry;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Schedules as text, in the words of {@link RetrySchedule#parse}. */
final class ScheduleSpec {

  private static final String EXPONENTIAL = "exp:";
  private static final Pattern REPEATED = Pattern.compile("([^*]*)(?:\\*([0-9]{1,9}))?");
  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,40})?");
  private static final Pattern RANGE = Pattern.compile("(.*?)\\.\\.(.*)");

  private ScheduleSpec() {}

  static RetrySchedule parse(String spec) {
    try {
      return spec.startsWith(EXPONENTIAL)
          ? exponential(spec.substring(EXPONENTIAL.length()).split(",", -1))
          : list(spec);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("retry schedule '" + spec + "': " + e.getMessage(), e);
    }
  }

  private static RetrySchedule exponential(String[] parts) {
    if (parts.length < 2 || parts.length > 4) {
      throw new IllegalArgumentException("not exp:INITIAL,MAX[,FACTOR[,JITTER]]");
    }
    ExponentialSchedule schedule =
        RetrySchedule.exponential(Durations.parse(parts[0]), Durations.parse(parts[1]));
    schedule = parts.length > 2 ? schedule.withFactor(decimal("factor", parts[2])) : schedule;
    return parts.length > 3 ? schedule.withJitter(jitter(parts[3])) : schedule;
  }

  private static RetrySchedule list(String spec) {
    int tilde = spec.indexOf('~');
    String entries = tilde < 0 ? spec : spec.substring(0, tilde);
    List<Duration> delays = new ArrayList<>();
    for (String entry : entries.split(",", -1)) {
      Matcher m = REPEATED.matcher(entry);
      if (!m.matches()) {
        throw new IllegalArgumentException("not a delay such as 5m or 5m*2: '" + entry + "'");
      }
      int times = m.group(2) == null ? 1 : Integer.parseInt(m.group(2));
      if (times < 1 || delays.size() + times > ListSchedule.MOST) {
        throw new IllegalArgumentException(
            "'" + entry + "' makes none, or more than " + ListSchedule.MOST + " delays");
      }
      delays.addAll(Collections.nCopies(times, Durations.parse(m.group(1))));
    }
    return new ListSchedule(delays, tilde < 0 ? Jitter.NONE : jitter(spec.substring(tilde + 1)));
  }

  private static Jitter jitter(String text) {
    Matcher range = RANGE.matcher(text);
    if (range.matches()) {
      return new Jitter(decimal("jitter", range.group(1)), decimal("jitter", range.group(2)));
    }
    return switch (text) {
      case "full" -> Jitter.FULL;
      case "equal" -> Jitter.EQUAL;
      default -> Jitter.proportional(decimal("jitter", text));
    };
  }

  private static double decimal(String what, String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException(what + " '" + text + "' is not a number such as 0.2");
    }
    return Double.parseDouble(text);
  }

  static String format(ExponentialSchedule schedule) {
    return EXPONENTIAL
        + Durations.format(schedule.initial())
        + ","
        + Durations.format(schedule.max())
        + ","
        + format(schedule.factor())
        + ","
        + format(schedule.jitter());
  }

  static String format(ListSchedule schedule) {
    StringBuilder out = new StringBuilder();
    List<Duration> delays = schedule.delays();
    for (int i = 0, next; i < delays.size(); i = next) {
      next = i + 1;
      while (next < delays.size() && delays.get(next).equals(delays.get(i))) {
        next++;
      }
      out.append(i > 0 ? "," : "").append(Durations.format(delays.get(i)));
      out.append(next - i > 1 ? "*" + (next - i) : "");
    }
    boolean exact = schedule.jitter().equals(Jitter.NONE);
    return exact ? out.toString() : out + "~" + format(schedule.jitter());
  }

  private static String format(Jitter jitter) {
    if (jitter.equals(Jitter.FULL)) {
      return "full";
    }
    if (jitter.equals(Jitter.EQUAL)) {
      return "equal";
    }
    double share = Math.round((jitter.high() - 1) * 1e9) / 1e9;
    return share >= 0 && share <= 1 && Jitter.proportional(share).equals(jitter)
        ? format(share)
        : format(jitter.low()) + ".." + format(jitter.high());
  }

  private static String format(double number) {
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }
}
