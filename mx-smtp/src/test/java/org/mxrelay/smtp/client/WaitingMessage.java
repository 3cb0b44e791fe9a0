package org.mxrelay.smtp.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mxrelay.smtp.message.MessageSource;

/**
 * A message that pauses after its first blocks until a latch is down, so that what the peer does
 * there has happened when the rest goes out.
 *
 * @param pauseAt octets before the pause, at least one block: nothing is sent of less
 * @param size octets in all
 */
record WaitingMessage(long pauseAt, long size, CountDownLatch until) implements MessageSource {

  /** Larger than all buffers on the way. */
  static WaitingMessage endless(long pauseAt, CountDownLatch until) {
    return new WaitingMessage(Math.max(pauseAt, BodyBlocks.ONE_BLOCK), Long.MAX_VALUE / 2, until);
  }

  /** With less than a block behind the pause. */
  static WaitingMessage endingAfter(long pauseAt, CountDownLatch until) {
    return new WaitingMessage(pauseAt, pauseAt + 1_000, until);
  }

  @Override
  public InputStream open() {
    return new InputStream() {
      private long count;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        if (count == size) {
          return -1;
        }
        if (count == pauseAt) {
          await();
        }
        long end = count < pauseAt ? pauseAt : size;
        int octets = (int) Math.min(length, end - count);
        Arrays.fill(into, offset, offset + octets, (byte) 'x');
        count += octets;
        return octets;
      }
    };
  }

  private void await() throws IOException {
    try {
      if (!until.await(60, TimeUnit.SECONDS)) {
        throw new IOException("the peer did not come to that part of the message");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
