package org.mxrelay.smtp.queue.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.testkit.QueueMail;

/** A process that stores and reads a message larger than its memory. */
final class LongMessage {

  private LongMessage() {}

  public static void main(String[] args) throws IOException {
    long size = Long.parseLong(args[1]) << 20;
    try (JdbcQueue queue = JdbcQueue.sqlite(Path.of(args[0]))) {
      Submission sample = QueueMail.submission("long", Instant.now(), "a@x.example");
      queue.add(
          List.of(
              new Submission(
                  sample.id(),
                  sample.envelope(),
                  () -> stream(size),
                  sample.facts(),
                  sample.queuedAt(),
                  sample.due())));
      try (InputStream stored = queue.message(sample.id()).open();
          InputStream given = stream(size)) {
        if (sum(stored) != sum(given)) {
          throw new AssertionError("it is not what was given");
        }
      }
    }
    System.out.println("done");
  }

  private static long sum(InputStream in) throws IOException {
    CRC32 sum = new CRC32();
    new CheckedInputStream(in, sum).transferTo(java.io.OutputStream.nullOutputStream());
    return sum.getValue();
  }

  /** So many octets that do not repeat soon. */
  private static InputStream stream(long size) {
    return new InputStream() {
      private long at;

      @Override
      public int read() {
        return at < size ? (int) (((at++ * 31) >> 3) & 0xff) : -1;
      }

      @Override
      public int read(byte[] into, int from, int most) {
        int n = (int) Math.min(most, size - at);
        for (int i = 0; i < n; i++) {
          into[from + i] = (byte) (((at++ * 31) >> 3) & 0xff);
        }
        return n == 0 && most > 0 ? -1 : n;
      }
    };
  }
}
