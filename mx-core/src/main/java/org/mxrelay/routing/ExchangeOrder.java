package org.mxrelay.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.MxRecord;

/** The order in which exchanges are tried. */
final class ExchangeOrder {

  private ExchangeOrder() {}

  /**
   * The records by preference, those of equal preference in a random order, each order as likely as
   * any other. An exchange that is named twice counts once, at its better preference.
   */
  static List<MxRecord> of(List<MxRecord> records, RandomGenerator random) {
    if (records.size() < 2) {
      return records;
    }
    List<MxRecord> ordered = new ArrayList<>(distinct(records));
    // RFC 5321, 5.1: equal preferences MUST be spread at random. The sort is stable, so that
    // shuffling first and sorting afterwards leaves each group as the shuffle left it.
    shuffle(ordered, random);
    ordered.sort(Comparator.comparingInt(MxRecord::preference));
    return ordered;
  }

  private static List<MxRecord> distinct(List<MxRecord> records) {
    Map<Domain, MxRecord> best = new LinkedHashMap<>();
    for (MxRecord r : records) {
      best.merge(r.exchange(), r, (a, b) -> b.preference() < a.preference() ? b : a);
    }
    return List.copyOf(best.values());
  }

  /** Fisher and Yates: {@link Collections#shuffle} knows no {@link RandomGenerator} before 21. */
  private static void shuffle(List<MxRecord> records, RandomGenerator random) {
    for (int i = records.size() - 1; i > 0; i--) {
      Collections.swap(records, i, random.nextInt(i + 1));
    }
  }
}
