package org.mxrelay.dns;

import java.time.Duration;

/** How long answers are kept at least and at most. Immutable. */
record TtlRange(Duration least, Duration most) {

  /** Longer than this nobody's "there is no such thing" is believed. */
  private static final Duration MOST_NEGATIVE = Duration.ofMinutes(15);

  private static final long LARGEST_TTL = 0x7FFF_FFFFL;

  TtlRange {
    if (least.isNegative() || most.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "ttl must be a range from 0 upwards: " + least + " to " + most);
    }
  }

  Duration positive(long seconds) {
    // RFC 2181, 8: a time to live with its top bit set is taken for zero.
    long sane = seconds > LARGEST_TTL || seconds < 0 ? 0 : seconds;
    return clamp(Duration.ofSeconds(sane), most);
  }

  Duration negative(long seconds) {
    Duration most = this.most.compareTo(MOST_NEGATIVE) < 0 ? this.most : MOST_NEGATIVE;
    return clamp(positive(seconds), most);
  }

  private Duration clamp(Duration wanted, Duration top) {
    Duration lifted = wanted.compareTo(least) < 0 ? least : wanted;
    return lifted.compareTo(top) > 0 ? top : lifted;
  }
}
