package org.mxrelay.examples.outage;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long messages took, from those that arrived.
 *
 * <p>Immutable.
 */
public final class Delays {

  private final int[] seconds;

  private Delays(int[] sorted) {
    this.seconds = sorted;
  }

  /** Gathers delays. Confined to one thread. */
  static final class Gathered {
    private int[] seconds = new int[1_024];
    private int size;

    void add(long millis) {
      if (size == seconds.length) {
        seconds = Arrays.copyOf(seconds, 2 * size);
      }
      seconds[size++] = (int) Math.min(Integer.MAX_VALUE, millis / 1_000);
    }

    Delays sorted() {
      int[] all = Arrays.copyOf(seconds, size);
      Arrays.sort(all);
      return new Delays(all);
    }
  }

  /** How many there are. */
  public int count() {
    return seconds.length;
  }

  /**
   * What that share of them did not exceed; zero if there are none.
   *
   * @param share 0 to 1
   */
  public Duration quantile(double share) {
    if (seconds.length == 0) {
      return Duration.ZERO;
    }
    int place = (int) Math.ceil(share * seconds.length) - 1;
    return Duration.ofSeconds(seconds[Math.max(0, Math.min(place, seconds.length - 1))]);
  }

  /** How many took longer than that. */
  public int longerThan(Duration limit) {
    int low = 0;
    int high = seconds.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (seconds[middle] > limit.toSeconds()) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return seconds.length - low;
  }
}
