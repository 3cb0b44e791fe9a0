package org.mxrelay.examples.outage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mxrelay.examples.outage.Letter.Box;
import org.mxrelay.examples.outage.Letter.FirstReply;
import org.mxrelay.examples.outage.Letter.Nature;
import org.mxrelay.examples.outage.Outages.Span;
import org.mxrelay.examples.outage.SenderKind.Manner;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.retry.RetryPresets;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.routing.Fallthrough;

/**
 * The simulator against the engine itself: 2,000 letters, 500 under each setup, through {@code
 * MxRelay} on a manual clock, with an in-memory queue and the same simulated exchanges. Each letter
 * must have the same line in both ledgers: the same end for its sender, at the same moment, after
 * the same number of attempts, as many copies in the mailbox, the first at the same moment. Jitter
 * is off, so that nothing is left to chance but what the letters carry with them. (What a gateway
 * held arrives in the same minute: it lets go of ten a second, in the order of its threads.)
 */
class EngineLedgerTest {

  private static final int LETTERS = 500;
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long START = Duration.ofDays(20_000).toMillis();

  private static final List<SenderKind> SENDERS =
      List.of(
          kind("days", "5m,10m,20m,40m,75m", Duration.ofDays(5), Fallthrough.ANY),
          kind("day", "15m*4,30m*2,1h", Duration.ofDays(1), Fallthrough.STANDARD),
          kind("early", "10m,20m,40m,80m,2h", Duration.ofHours(8), Fallthrough.NONE),
          new SenderKind("once", "", new OneShot(), Fallthrough.ANY, Manner.CAREFUL));

  /** A short outage, one that outlasts the impatient, one that outlasts all. */
  private static final Outages OUTAGES =
      new Outages(
          List.of(
              new Span(START + 9 * HOUR, START + 11 * HOUR),
              new Span(START + 20 * HOUR, START + 50 * HOUR),
              new Span(START + 80 * HOUR, START + 230 * HOUR)));

  private static SenderKind kind(String name, String spec, Duration expiry, Fallthrough rule) {
    RetryPolicy policy =
        RetryPresets.POSTFIX.withSchedule(RetrySchedule.parse(spec)).withExpiry(expiry);
    return new SenderKind(name, "", policy, rule, Manner.CAREFUL);
  }

  @ParameterizedTest
  @EnumSource
  void sameLetters_haveTheSameLedgerInTheSimulatorAndTheEngine(Setup setup)
      throws InterruptedException {
    List<Line> simulated = new ArrayList<>();
    List<Line> real = new ArrayList<>();
    for (SenderKind sender : SENDERS) {
      List<Letter> letters = letters(sender);
      simulated.addAll(simulate(setup, letters));
      try (RealLedger ledger = new RealLedger(setup, OUTAGES, sender)) {
        real.addAll(ledger.run(letters));
      }
    }

    assertEquals(LETTERS, simulated.size());
    assertEquals(sorted(setup, simulated), sorted(setup, real));
    assertTrue(
        simulated.stream().map(Line::end).distinct().count() == 3, "relayed, bounced and expired");
    assertTrue(simulated.stream().anyMatch(l -> l.copies() > 1), "a duplicate");
  }

  private static List<Line> simulate(Setup setup, List<Letter> letters)
      throws InterruptedException {
    List<Line> lines = new ArrayList<>();
    new Simulation(setup, OUTAGES, new SplittableRandom(1), story -> lines.add(Line.of(story)))
        .run(letters.iterator());
    return lines;
  }

  private static List<Line> sorted(Setup setup, List<Line> lines) {
    return lines.stream()
        .map(line -> setup == Setup.GATEWAY ? line.toTheMinute() : line)
        .sorted(Comparator.comparing(Line::toString))
        .toList();
  }

  /** Sent every ten hours in bunches, so that the engine's clock need not stop too often. */
  private static List<Letter> letters(SenderKind sender) {
    SplittableRandom random = new SplittableRandom(sender.name().hashCode());
    int each = LETTERS / SENDERS.size();
    return IntStream.range(0, each)
        .mapToObj(
            i ->
                new Letter(
                    i,
                    START + i * 10L / each * 10 * HOUR,
                    sender,
                    nature(random),
                    Box.values()[random.nextInt(10) < 8 ? 0 : random.nextInt(3)],
                    FirstReply.values()[random.nextInt(10) < 8 ? 0 : 1]))
        .toList();
  }

  private static Nature nature(SplittableRandom random) {
    return random.nextBoolean()
        ? Nature.WANTED
        : Nature.values()[random.nextInt(Nature.values().length)];
  }
}
