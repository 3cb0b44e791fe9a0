package org.mxrelay.examples.cli;

/** Checks numbers that were given as options. */
final class Numbers {

  private Numbers() {}

  /** The value, if it is 1 to the most. */
  static int inRange(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw UsageError.of(option, String.valueOf(value), "must be 1 to " + most);
    }
    return value;
  }
}
