package org.mxrelay.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The encoding under A-labels, without their prefix (RFC 3492). For texts as short as labels. */
final class Punycode {

  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int INITIAL_N = 0x80;
  private static final char DELIMITER = '-';

  private Punycode() {}

  /** The text (RFC 3492, 6.2), or nothing if no text has this encoding. */
  static Optional<String> decode(String encoded) {
    int basic = Math.max(0, encoded.lastIndexOf(DELIMITER));
    List<Integer> out =
        encoded
            .substring(0, basic)
            .chars()
            .boxed()
            .collect(Collectors.toCollection(ArrayList::new));
    Digits digits = new Digits(encoded, encoded.lastIndexOf(DELIMITER) + 1);
    long n = INITIAL_N;
    long i = 0;
    int bias = INITIAL_BIAS;
    while (digits.hasNext()) {
      long delta = digits.nextDelta(bias);
      int length = out.size() + 1;
      bias = adapted(delta, length, out.size() == basic);
      i += delta;
      n += i / length;
      if (delta < 0 || n > Character.MAX_CODE_POINT) {
        return Optional.empty();
      }
      i %= length;
      out.add((int) i, (int) n);
      i++;
    }
    return Optional.of(out.stream().map(Character::toString).collect(Collectors.joining()));
  }

  /** The encoding of a text (RFC 3492, 6.3). */
  static String encode(String text) {
    int[] points = text.codePoints().toArray();
    StringBuilder out = new StringBuilder();
    text.chars().filter(c -> c < INITIAL_N).forEach(c -> out.append((char) c));
    int basic = out.length();
    if (basic > 0) {
      out.append(DELIMITER);
    }
    int n = INITIAL_N;
    int bias = INITIAL_BIAS;
    long delta = 0;
    for (int done = basic; done < points.length; n++, delta++) {
      int next = leastFrom(points, n);
      delta += (long) (next - n) * (done + 1);
      n = next;
      for (int point : points) {
        if (point < n) {
          delta++;
        } else if (point == n) {
          appendDelta(out, delta, bias);
          bias = adapted(delta, done + 1, done == basic);
          delta = 0;
          done++;
        }
      }
    }
    return out.toString();
  }

  private static int leastFrom(int[] points, int n) {
    int least = Integer.MAX_VALUE;
    for (int point : points) {
      least = point >= n ? Math.min(least, point) : least;
    }
    return least;
  }

  private static void appendDelta(StringBuilder out, long delta, int bias) {
    long q = delta;
    int k = BASE;
    for (int t = threshold(k, bias); q >= t; t = threshold(k, bias)) {
      out.append(digit((int) (t + (q - t) % (BASE - t))));
      q = (q - t) / (BASE - t);
      k += BASE;
    }
    out.append(digit((int) q));
  }

  /** The digits are a to z, then 0 to 9 (RFC 3492, 5). */
  private static char digit(int value) {
    return (char) (value < 26 ? 'a' + value : '0' + value - 26);
  }

  private static int threshold(int k, int bias) {
    return Math.max(T_MIN, Math.min(T_MAX, k - bias));
  }

  /** RFC 3492, 6.1. */
  private static int adapted(long delta, int length, boolean first) {
    long rest = first ? delta / DAMP : delta / 2;
    rest += rest / length;
    int k = 0;
    while (rest > (BASE - T_MIN) * T_MAX / 2) {
      rest /= BASE - T_MIN;
      k += BASE;
    }
    return (int) (k + (BASE - T_MIN + 1) * rest / (rest + SKEW));
  }

  /** Reads the generalised variable-length integers of an encoding (RFC 3492, 3.3). */
  private static final class Digits {
    private final String text;
    private int at;

    Digits(String text, int from) {
      this.text = text;
      this.at = from;
    }

    boolean hasNext() {
      return at < text.length();
    }

    /** The next delta, or -1 if the text ends within it, holds no digit or is too large. */
    long nextDelta(int bias) {
      long delta = 0;
      long weight = 1;
      for (int k = BASE; at < text.length(); k += BASE) {
        int digit = value(text.charAt(at++));
        delta += digit * weight;
        if (digit < 0 || delta > Integer.MAX_VALUE) {
          return -1;
        }
        int t = threshold(k, bias);
        if (digit < t) {
          return delta;
        }
        weight *= BASE - t;
      }
      return -1;
    }

    private static int value(char c) {
      if (c >= 'a' && c <= 'z') {
        return c - 'a';
      }
      return c >= '0' && c <= '9' ? c - '0' + 26 : -1;
    }
  }
}
