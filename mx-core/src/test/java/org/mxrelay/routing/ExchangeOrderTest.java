package org.mxrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.MxRecord;

class ExchangeOrderTest {

  private static final long SEED = 20_261_123L;

  /** T-DNS-8: neither biased, nor only in the first group, nor the same each time. */
  @Test
  void equalPreferences_takeEveryOrderEquallyOften() {
    List<MxRecord> records =
        List.of(mx(20, "d"), mx(10, "a"), mx(20, "e"), mx(10, "b"), mx(10, "c"), mx(30, "f"));
    SplittableRandom random = new SplittableRandom(SEED);
    Map<String, Integer> orders = new HashMap<>();
    for (int i = 0; i < 24_000; i++) {
      orders.merge(names(ExchangeOrder.of(records, random)), 1, Integer::sum);
    }
    // 3! orders of the first group times 2! of the second.
    ChiSquare.assertUniform(orders, 12, "seed " + SEED);
  }

  @Test
  void aBiasedShuffle_wouldBeFound() {
    SplittableRandom random = new SplittableRandom(SEED);
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < 24_000; i++) {
      counts.merge(random.nextInt(13) % 12, 1, Integer::sum);
    }
    assertThrows(
        AssertionError.class, () -> ChiSquare.assertUniform(counts, 12, "biased on purpose"));
  }

  /** The published 0.001 points are 10.828, 31.264 and 49.728. */
  @Test
  void criticalValues_areThoseOfTheTables() {
    assertEquals(10.828, ChiSquare.critical(1), 0.35);
    assertEquals(31.264, ChiSquare.critical(11), 0.25);
    assertEquals(49.728, ChiSquare.critical(23), 0.25);
  }

  @Test
  void preferences_areSortedAndNothingIsLost() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<MxRecord> records =
          IntStream.range(0, random.nextInt(60))
              .mapToObj(i -> mx(random.nextInt(5) * 16_383, "h" + i))
              .toList();
      List<MxRecord> ordered = ExchangeOrder.of(records, random);
      List<MxRecord> sorted = new ArrayList<>(ordered);
      sorted.sort(Comparator.comparingInt(MxRecord::preference));
      assertEquals(sorted, ordered, "seed " + seed);
      assertEquals(
          records.stream().map(MxRecord::toString).sorted().toList(),
          ordered.stream().map(MxRecord::toString).sorted().toList(),
          "seed " + seed);
    }
  }

  @Test
  void anExchangeNamedTwice_countsOnceAtItsBetterPreference() {
    List<MxRecord> records = List.of(mx(20, "a"), mx(5, "b"), mx(10, "a"), mx(10, "a"));
    assertEquals(
        List.of(mx(5, "b"), mx(10, "a")), ExchangeOrder.of(records, new SplittableRandom(SEED)));
  }

  private static String names(List<MxRecord> records) {
    return String.join(" ", records.stream().map(r -> r.exchange().name()).toList());
  }

  private static MxRecord mx(int preference, String exchange) {
    return new MxRecord(preference, new Domain(exchange));
  }
}
