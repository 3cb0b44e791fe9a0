package org.mxrelay.smtp;

import java.time.Duration;
import org.mxrelay.address.Destination;
import org.mxrelay.address.InvalidAddressException;

/** Refuses options that are out of their range. Pure. */
final class OptionCheck {

  private static final int MOST_SESSIONS = 10_000;

  private OptionCheck() {}

  static void helo(String name) {
    if (name.isEmpty()) {
      return;
    }
    try {
      Destination.parse(name);
    } catch (InvalidAddressException e) {
      throw new IllegalArgumentException(
          "helo: neither a domain nor an address literal: " + e.getMessage(), e);
    }
  }

  static void range(String option, int value) {
    if (value < 1 || value > MOST_SESSIONS) {
      throw new IllegalArgumentException(
          option + ": " + value + " is not in 1 to " + MOST_SESSIONS);
    }
  }

  static void notNegative(String option, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(option + ": " + value + " is negative");
    }
  }
}
