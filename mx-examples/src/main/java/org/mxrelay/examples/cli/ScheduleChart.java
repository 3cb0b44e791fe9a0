package org.mxrelay.examples.cli;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mxrelay.examples.page.Svg;
import org.mxrelay.examples.page.Svg.Anchor;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.retry.Timetable.Attempt;

/**
 * Draws a schedule: across, the age of the message; up, how long each attempt waited for its turn,
 * with the band in which chance may put it.
 */
final class ScheduleChart {

  private static final int WIDTH = 1200;
  private static final int HEIGHT = 480;
  private static final int LEFT = 84;
  private static final int RIGHT = 1140;
  private static final int TOP = 136;
  private static final int BOTTOM = 412;
  private static final int DRAWS = 400;

  private static final String STYLE =
      ".paper{fill:#fff}.grid{stroke:#e8ebef}.axis{stroke:#5b6675;stroke-width:1.5}"
          + ".stem{stroke:#2f6fb3;stroke-opacity:.35}.band{fill:#2f6fb3;fill-opacity:.18}.dot{fill:#2f6fb3}.notice{stroke:#b7791f;stroke-width:2;stroke-dasharray:6"
          + " 4}.expiry{stroke:#c0392b;stroke-width:2}.title{font-size:20px;font-weight:600;fill:#1f2933}"
          + ".sub{font-size:14px;fill:#52606d}.tick{font-size:12px;fill:#52606d}"
          + ".number{font-size:11px;fill:#1f4e80}.noticeText{font-size:13px;fill:#8a5a12}"
          + ".expiryText{font-size:13px;fill:#a93226}";

  private final RetryPolicy policy;
  private final List<Attempt> attempts;
  private final TimeScale across;
  private final TimeScale up;
  private final Svg svg;
  private final Map<Integer, Band> waits;

  /** In which range chance may put a wait. */
  private record Band(Duration least, Duration most) {}

  ScheduleChart(RetryPolicy policy, List<Attempt> attempts) {
    this.policy = policy;
    this.attempts = attempts;
    Duration last = attempts.get(attempts.size() - 1).at();
    Duration end = last.compareTo(policy.expiry()) > 0 ? last : policy.expiry();
    this.waits = attempts.stream().collect(toMap(Attempt::number, this::sample));
    this.across = new TimeScale(LEFT, RIGHT, end, 0.4);
    this.up = new TimeScale(BOTTOM, TOP, longestWait(), 0.5);
    this.svg = new Svg(WIDTH, HEIGHT, "When a message is attempted", STYLE);
  }

  String svg() {
    heading();
    axes();
    markers();
    attempts.stream().skip(1).forEach(this::attempt);
    svg.dot("dot", across.place(Duration.ZERO), BOTTOM, "attempt 1, at once");
    numbers();
    return svg.done();
  }

  private void heading() {
    svg.text("title", LEFT, 36, Anchor.START, title());
    String sub =
        "Each dot is an attempt: the higher, the longer was the wait before it"
            + (isSpread() ? ", which chance may put anywhere in the bar" : "")
            + ". Early times are drawn wider.";
    svg.text("sub", LEFT, 58, Anchor.START, sub);
  }

  /** {@code 36 attempts in 5d: 5 in the first hour, 11 in the first day}. */
  private String title() {
    Duration end = attempts.get(attempts.size() - 1).at();
    String parts =
        Stream.of(Duration.ofHours(1), Duration.ofDays(1))
            .filter(part -> part.compareTo(end) < 0)
            .map(part -> count(part) + " in the first " + (part.toDays() == 1 ? "day" : "hour"))
            .collect(joining(", "));
    return attempts.size() + " attempts in " + label(end) + (parts.isEmpty() ? "" : ": " + parts);
  }

  private long count(Duration within) {
    return attempts.stream().filter(a -> a.at().compareTo(within) <= 0).count();
  }

  private boolean isSpread() {
    return waits.values().stream().anyMatch(band -> !band.least().equals(band.most()));
  }

  private void axes() {
    for (Duration tick : up.ticks(24)) {
      svg.line("grid", LEFT, up.place(tick), RIGHT, up.place(tick));
      svg.text("tick", LEFT - 10, up.place(tick) + 4, Anchor.END, label(tick));
    }
    for (Duration tick : across.ticks(48)) {
      svg.line("axis", across.place(tick), BOTTOM, across.place(tick), BOTTOM + 6);
      svg.text("tick", across.place(tick), BOTTOM + 22, Anchor.MIDDLE, label(tick));
    }
    svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
    svg.text("sub", (LEFT + RIGHT) / 2.0, BOTTOM + 50, Anchor.MIDDLE, "age of the message");
    svg.text("sub", LEFT - 10, TOP - 20, Anchor.END, "wait");
  }

  private void markers() {
    policy
        .delayNotice()
        .filter(notice -> notice.compareTo(policy.expiry()) < 0)
        .ifPresent(
            notice -> marker("notice", notice, "the sender is told: late (" + label(notice) + ")"));
    marker("expiry", policy.expiry(), "expires (" + label(policy.expiry()) + ")");
  }

  /** The words stand above all numbers, those of expiry a line higher: they never meet. */
  private void marker(String kind, Duration at, String words) {
    double x = across.place(at);
    double y = kind.equals("expiry") ? TOP - 50 : TOP - 32;
    svg.line(kind, x, y + 4, x, BOTTOM);
    Anchor anchor = x > (LEFT + RIGHT) / 2.0 ? Anchor.END : Anchor.START;
    svg.text(kind + "Text", x + (anchor == Anchor.END ? -6 : 6), y + 6, anchor, words);
  }

  private void attempt(Attempt attempt) {
    double x = across.place(attempt.at());
    double highest = up.place(band(attempt).most());
    svg.rect("band", x - 3, highest, 6, Math.max(1, up.place(band(attempt).least()) - highest));
    svg.line("stem", x, BOTTOM, x, up.place(attempt.after()));
    String hint =
        String.format("attempt %d, %s after submission", attempt.number(), Words.of(attempt.at()));
    svg.dot("dot", x, up.place(attempt.after()), hint);
  }

  /** Over the dots that there is room to name; the last is one of them. */
  private void numbers() {
    double free = 0;
    Attempt last = attempts.get(attempts.size() - 1);
    double end = across.place(last.at());
    for (Attempt attempt : attempts.subList(0, attempts.size() - 1)) {
      double x = across.place(attempt.at());
      String number = String.valueOf(attempt.number());
      double room = 10 + 7.0 * number.length();
      if (x >= free && x + room <= end) {
        svg.text("number", x, top(attempt) - 8, Anchor.MIDDLE, number);
        free = x + room;
      }
    }
    // Beside its dot, since it mostly stands on the line of expiry.
    double y = up.place(last.after()) + 4;
    svg.text("number", end + 8, y, Anchor.START, String.valueOf(last.number()));
  }

  private double top(Attempt attempt) {
    return attempt.number() == 1
        ? BOTTOM
        : Math.min(up.place(attempt.after()) - 4, up.place(band(attempt).most()));
  }

  private Band band(Attempt attempt) {
    return Objects.requireNonNull(waits.get(attempt.number()));
  }

  /** A schedule does not tell its jitter: many draws do. The last wait is cut short by expiry. */
  private Band sample(Attempt attempt) {
    if (attempt.number() == 1) {
      return new Band(Duration.ZERO, Duration.ZERO);
    }
    SplittableRandom random = new SplittableRandom(attempt.number());
    List<Duration> drawn =
        IntStream.range(0, DRAWS)
            .mapToObj(i -> policy.schedule().after(attempt.number() - 1, random))
            .sorted()
            .toList();
    return new Band(drawn.get(0), drawn.get(DRAWS - 1));
  }

  private Duration longestWait() {
    return waits.values().stream().map(Band::most).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /** {@code 15m}, in the words of the options. */
  private static String label(Duration d) {
    return d.isZero()
        ? "0"
        : Words.of(d).replace(" min", "m").replace(" h", "h").replace(" d", "d").replace(" s", "s");
  }
}
