package org.mxrelay.smtp.engine;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.mxrelay.smtp.queue.SubmissionId;

/**
 * Names submissions: 26 letters and digits, of which the first ten are the time in milliseconds, so
 * that ids sort by it, and the others are 80 random bits.
 *
 * <p>Safe for use by several threads as far as the source of randomness is.
 *
 * @param clock gives the time
 * @param random gives the rest
 */
public record IdSource(InstantSource clock, RandomGenerator random) {

  /** Crockford's: no letter that is taken for a digit. */
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  /** An id that nobody has had. */
  public SubmissionId next() {
    char[] id = new char[26];
    write(id, 0, 10, clock.millis());
    write(id, 10, 18, random.nextLong());
    write(id, 18, 26, random.nextLong());
    return new SubmissionId(new String(id));
  }

  private static void write(char[] id, int from, int to, long value) {
    long rest = value;
    for (int i = to - 1; i >= from; i--) {
      id[i] = DIGITS.charAt((int) (rest & 31));
      rest >>>= 5;
    }
  }
}
