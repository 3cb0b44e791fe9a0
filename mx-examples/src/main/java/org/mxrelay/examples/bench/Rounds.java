package org.mxrelay.examples.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The same work several times, after a warm-up that is not counted.
 *
 * @param all the rounds, in order
 */
public record Rounds(List<Measured> all) {

  public Rounds {
    all = List.copyOf(all);
  }

  /** The round in the middle by speed. */
  public Measured median() {
    return sorted().get(all.size() / 2);
  }

  /** The slowest. */
  public Measured slowest() {
    return sorted().get(0);
  }

  /** The fastest. */
  public Measured fastest() {
    return sorted().get(all.size() - 1);
  }

  private List<Measured> sorted() {
    return all.stream().sorted(Comparator.comparingDouble(Measured::perSecond)).toList();
  }

  /** Collects rounds of contestants that take turns, so that a noisy minute hurts them alike. */
  static List<Rounds> inTurns(int rounds, List<? extends Contestant> contestants) throws Exception {
    List<List<Measured>> results = new ArrayList<>();
    for (Contestant contestant : contestants) {
      contestant.round();
      results.add(new ArrayList<>());
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < contestants.size(); i++) {
        results.get(i).add(contestants.get(i).round());
      }
    }
    return results.stream().map(Rounds::new).toList();
  }

  /** Whose rounds are counted. */
  @FunctionalInterface
  interface Contestant {
    Measured round() throws Exception;
  }
}
