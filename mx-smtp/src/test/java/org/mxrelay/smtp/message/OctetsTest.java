package org.mxrelay.smtp.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OctetsTest {

  /** Those that differ from CR, LF or 127 in one bit or in the borrow of a subtraction. */
  private static final byte[] NEAR = {
    '\r', '\n', '\f', 0x0e, 0x0b, 0x09, 0x00, 0x01, (byte) 0x8d, (byte) 0x8a, (byte) 0xff, 0x7f, 'a'
  };

  @Test
  void anyOctets_areFoundAsOneByOne() {
    long seed = 7;
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] all = new byte[random.nextInt(40)];
      for (int i = 0; i < all.length; i++) {
        all[i] = random.nextInt(4) == 0 ? NEAR[random.nextInt(NEAR.length)] : (byte) 'x';
      }
      int from = random.nextInt(all.length + 1);
      int to = from + random.nextInt(all.length - from + 1);
      assertEquals(oneByOne(all, from, to), Octets.lineEnd(all, from, to), "seed " + seed);
    }
  }

  @Test
  void octetAbove127_isSeenWhereverItIs() {
    for (int length = 1; length < 20; length++) {
      for (int at = 0; at < length; at++) {
        byte[] all = new byte[length];
        assertFalse(Octets.isEightBit(all, 0, length));
        all[at] = (byte) 0x80;
        assertTrue(Octets.isEightBit(all, 0, length), at + " of " + length);
        assertFalse(Octets.isEightBit(all, 0, at), "before " + at);
      }
    }
  }

  private static int oneByOne(byte[] all, int from, int to) {
    int i = from;
    while (i < to && all[i] != '\r' && all[i] != '\n') {
      i++;
    }
    return i;
  }
}
