package org.mxrelay.smtp.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/** A server's side of SMTP that takes messages without dots at line starts, and counts octets. */
final class Counting implements RawServer.Talk {

  private static final byte[] END = {'\r', '\n', '.', '\r', '\n'};

  private final AtomicLong octets = new AtomicLong();
  private final AtomicLong checksum = new AtomicLong();

  /** Octets of the last message, without the final dot. */
  long octets() {
    return octets.get();
  }

  /** CRC-32 of the last message, without the final dot. */
  long checksum() {
    return checksum.get();
  }

  @Override
  public void with(InputStream raw, OutputStream out) throws IOException {
    InputStream in = new BufferedInputStream(raw, 256 * 1024);
    say(out, "220 sink");
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.startsWith("DATA")) {
        say(out, "354 go on");
        take(in);
      }
      say(out, line.startsWith("EHLO") ? "250-sink\r\n250 PIPELINING" : "250 ok");
    }
  }

  private static void say(OutputStream out, String reply) throws IOException {
    out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.append((char) b);
    }
    return line.toString();
  }

  /** The client says nothing behind its message: the end stands at the end of what comes. */
  private void take(InputStream in) throws IOException {
    CRC32 sum = new CRC32();
    byte[] block = new byte[256 * 1024];
    byte[] tail = new byte[0];
    long count = 0;
    while (!endsWithDot(tail)) {
      int read = in.read(block);
      if (read < 0) {
        throw new IOException("the client went");
      }
      byte[] all = new byte[tail.length + read];
      System.arraycopy(tail, 0, all, 0, tail.length);
      System.arraycopy(block, 0, all, tail.length, read);
      int sure = Math.max(0, all.length - END.length);
      sum.update(all, 0, sure);
      count += sure;
      tail = Arrays.copyOfRange(all, sure, all.length);
    }
    sum.update(END, 0, 2);
    octets.set(count + 2);
    checksum.set(sum.getValue());
  }

  private static boolean endsWithDot(byte[] tail) {
    return Arrays.equals(tail, END);
  }
}
