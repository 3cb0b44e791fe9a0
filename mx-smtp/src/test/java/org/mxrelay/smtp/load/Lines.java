package org.mxrelay.smtp.load;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.mxrelay.smtp.message.MessageSource;

/**
 * A message made while it is read, of lines that differ.
 *
 * @param octets a multiple of a line's length
 */
record Lines(long octets) implements MessageSource {

  /** Octets of a line. */
  static final int LINE = 64;

  /** CRC-32 of such a message. */
  static long checksum(long octets) {
    CRC32 sum = new CRC32();
    byte[] line = new byte[LINE];
    for (long at = 0; at < octets; at += LINE) {
      write(at, line);
      sum.update(line);
    }
    return sum.getValue();
  }

  private static void write(long at, byte[] line) {
    byte[] number = Long.toString(at).getBytes(StandardCharsets.US_ASCII);
    Arrays.fill(line, (byte) 'x');
    System.arraycopy(number, 0, line, 0, number.length);
    line[LINE - 2] = '\r';
    line[LINE - 1] = '\n';
  }

  @Override
  public InputStream open() {
    return new InputStream() {
      private final byte[] line = new byte[LINE];
      private long at;

      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
      }

      @Override
      public int read(byte[] into, int offset, int length) {
        if (at == octets) {
          return -1;
        }
        int written = 0;
        while (written < length && at < octets) {
          int inLine = (int) (at % LINE);
          if (inLine == 0) {
            write(at, line);
          }
          int part = Math.min(LINE - inLine, length - written);
          System.arraycopy(line, inLine, into, offset + written, part);
          written += part;
          at += part;
        }
        return written;
      }
    };
  }
}
