package org.mxrelay.examples.proof;

import java.util.Arrays;
import java.util.Locale;

/** What the sink does to a recipient; its address says it. */
enum Fate {
  TAKEN,
  /** Taken, but the reply to the message comes 200 ms late. */
  TARDY,
  /** Taken, but the reply to RCPT comes 300 ms late. */
  LATE,
  /** Refused for now, once. */
  DEFERRED,
  /** Refused for good. */
  REFUSED,
  /** Taken, but the first time the connection ends without a reply. */
  DROPPED,
  /** Its exchange is down until the end. */
  UNREACHED,
  /** Taken, but one reply to RCPT comes so late that leases are renewed meanwhile. */
  STALLED;

  /** The local part begins with the word: {@code refused.l1-0-17.0}. */
  static Fate of(String address) {
    String word = address.substring(0, Math.max(0, address.indexOf('.')));
    return Arrays.stream(values()).filter(f -> f.word().equals(word)).findFirst().orElse(TAKEN);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String address(String letter, int number, int domain) {
    String at = this == UNREACHED ? "dead.test" : "d" + domain + ".proof.test";
    return word() + "." + letter + "." + number + "@" + at;
  }

  /** How often each befalls a recipient, in hundredths; the rest is taken. */
  enum Mix {
    MIXED(5, 5, 15, 5, 4, 1, 0),
    LATE(0, 100, 0, 0, 0, 0, 0),
    UNREACHED(0, 0, 0, 0, 0, 30, 0),
    STALLED(0, 0, 0, 0, 0, 0, 100),
    /** Without what takes long. */
    SWIFT(0, 0, 15, 5, 4, 0, 0),
    SOAK(1, 0, 10, 1, 1, 0, 0);

    private final int[] hundredths;

    Mix(int... hundredths) {
      this.hundredths = hundredths;
    }

    /**
     * @param draw 0 to 99
     */
    Fate draw(int draw) {
      int left = draw;
      for (int i = 0; i < hundredths.length; i++) {
        if (left < hundredths[i]) {
          return Fate.values()[i + 1];
        }
        left -= hundredths[i];
      }
      return TAKEN;
    }
  }
}
