package org.mxrelay.reply;

/**
 * A set of positions between the words of a text, a bit each.
 *
 * <p>Immutable, but for whoever fills it with {@link #add} before it is shared.
 */
final class PositionSet {

  static final PositionSet EMPTY = new PositionSet(new long[0]);

  private final long[] bits;

  private PositionSet(long[] bits) {
    this.bits = bits;
  }

  static PositionSet none(int positions) {
    return new PositionSet(new long[positions / Long.SIZE + 1]);
  }

  static PositionSet all(int positions) {
    PositionSet all = none(positions);
    for (int i = 0; i < positions; i++) {
      all.add(i);
    }
    return all;
  }

  void add(int position) {
    bits[position / Long.SIZE] |= 1L << position;
  }

  boolean isEmpty() {
    for (long some : bits) {
      if (some != 0) {
        return false;
      }
    }
    return true;
  }

  PositionSet or(PositionSet other) {
    if (bits.length == 0 || other.bits.length == 0) {
      return bits.length == 0 ? other : this;
    }
    long[] either = bits.clone();
    for (int i = 0; i < either.length; i++) {
      either[i] |= other.bits[i];
    }
    return new PositionSet(either);
  }

  /** The positions behind those words that stand at one of these. */
  PositionSet behind(PositionSet words) {
    long[] both = new long[bits.length];
    for (int i = 0; i < both.length; i++) {
      both[i] = bits[i] & words.bits[i];
    }
    return new PositionSet(next(both));
  }

  /** These positions and up to so many after each. */
  PositionSet within(int words) {
    PositionSet reach = this;
    for (int i = 0; i < words; i++) {
      reach = reach.or(new PositionSet(next(reach.bits)));
    }
    return reach;
  }

  private static long[] next(long[] positions) {
    long[] shifted = new long[positions.length];
    long carry = 0;
    for (int i = 0; i < positions.length; i++) {
      shifted[i] = positions[i] << 1 | carry;
      carry = positions[i] >>> (Long.SIZE - 1);
    }
    return shifted;
  }
}
