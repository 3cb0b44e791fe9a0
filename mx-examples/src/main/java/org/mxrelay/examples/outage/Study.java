package org.mxrelay.examples.outage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A cell for each setup and length of outage.
 *
 * <p>Immutable.
 *
 * @param options what was simulated
 * @param cells by length, and within that by setup
 */
public record Study(Options options, List<Cell> cells) {

  /** The lengths, if none are given: from a restart to a week. */
  public static final List<Duration> LENGTHS =
      List.of(
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(4),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(3),
          Duration.ofDays(5),
          Duration.ofDays(7));

  public Study {
    cells = List.copyOf(cells);
  }

  /**
   * What to simulate.
   *
   * @param messages in each cell, 2 or more; half of them are sent during outages
   * @param lengths of the outages, a cell for each, in their order
   * @param between the mean time from one outage to the next, 15 days or more, so that each is over
   *     and done with
   * @param over the time that is simulated
   * @param mix who sends the wanted mail
   * @param assumptions what is assumed of the mail
   * @param seed of all chance
   */
  public record Options(
      int messages,
      List<Duration> lengths,
      Duration between,
      Duration over,
      Mix mix,
      Assumptions assumptions,
      long seed) {

    /** A year with an outage about every month. */
    public static final Options STANDARD =
        new Options(
            50_000,
            LENGTHS,
            Duration.ofDays(30),
            Duration.ofDays(365),
            Mix.STANDARD,
            Assumptions.STANDARD,
            1);

    /**
     * @throws IllegalArgumentException if one is out of its range, naming it
     */
    public Options {
      lengths = lengths.stream().sorted().distinct().toList();
      if (messages < 2) {
        throw new IllegalArgumentException("messages: " + messages + " is less than 2");
      }
      if (lengths.isEmpty() || lengths.get(0).compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException("lengths of outages: " + lengths);
      }
      if (between.compareTo(Duration.ofDays(15)) < 0) {
        throw new IllegalArgumentException(
            "time between outages: " + between + " is under 15 days");
      }
      Duration longest = lengths.get(lengths.size() - 1);
      if (over.compareTo(between.plus(longest)) < 0) {
        throw new IllegalArgumentException(
            "simulated time: " + over + " is too short for an outage of " + longest);
      }
    }
  }

  /**
   * Simulates.
   *
   * @param progress told of each cell when it is done
   * @throws InterruptedException if the thread was interrupted
   */
  public static Study of(Options options, Consumer<Cell> progress) throws InterruptedException {
    List<Cell> cells = new ArrayList<>();
    for (Duration length : options.lengths()) {
      for (Setup setup : Setup.values()) {
        Cell cell = cell(options, setup, length);
        progress.accept(cell);
        cells.add(cell);
      }
    }
    return new Study(options, cells);
  }

  private static Cell cell(Options options, Setup setup, Duration length)
      throws InterruptedException {
    SplittableRandom seeds = new SplittableRandom(options.seed());
    Outages.Pattern pattern = new Outages.Pattern(length, options.between());
    Outages outages = Outages.of(pattern, options.over(), seeds.split());
    Traffic traffic = new Traffic(options, outages, seeds.split());
    CellCount count = new CellCount(setup, length, outages, options);
    new Simulation(setup, outages, seeds.split(), count::add).run(traffic);
    return count.done();
  }

  /** The cell of that setup and length, if it was simulated. */
  public Optional<Cell> cell(Setup setup, Duration length) {
    return of(setup).stream().filter(c -> c.outage().equals(length)).findFirst();
  }

  /** The cells of a setup, by length. */
  public List<Cell> of(Setup setup) {
    return cells.stream().filter(c -> c.setup() == setup).toList();
  }
}
