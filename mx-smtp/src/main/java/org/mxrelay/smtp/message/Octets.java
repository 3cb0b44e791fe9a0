package org.mxrelay.smtp.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks through octets eight at a time: each of a message's is looked at when it is taken in and
 * when it goes out, and there is no other work that grows with its size. Pure.
 */
public final class Octets {

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;
  private static final long CRS = ONES * '\r';
  private static final long LFS = ONES * '\n';

  private Octets() {}

  /**
   * The index of the first CR or LF.
   *
   * @param from where to begin
   * @param to where to end; the answer if there is none before
   */
  public static int lineEnd(byte[] in, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long octets = (long) EIGHT.get(in, i);
      long found = zeros(octets ^ CRS) | zeros(octets ^ LFS);
      if (found != 0) {
        return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (i < to && in[i] != '\r' && in[i] != '\n') {
      i++;
    }
    return i;
  }

  /** Whether one is above 127. */
  public static boolean isEightBit(byte[] in, int from, int to) {
    long union = 0;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      union |= (long) EIGHT.get(in, i);
    }
    for (; i < to; i++) {
      union |= in[i];
    }
    return (union & TOPS) != 0;
  }

  /** The top bit of each octet that is zero; behind the first one there may be others. */
  private static long zeros(long octets) {
    return (octets - ONES) & ~octets & TOPS;
  }
}
