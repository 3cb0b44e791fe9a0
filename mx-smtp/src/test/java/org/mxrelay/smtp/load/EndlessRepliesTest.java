package org.mxrelay.smtp.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** V20, with many sessions at a time. */
@Tag("ci")
class EndlessRepliesTest {

  private static final long MIB = 1 << 20;
  private static final int SESSIONS = 64;

  private final AtomicInteger connections = new AtomicInteger();

  @Test
  void v20_endlessRepliesOf64Sessions_keepTheHeapFlat() throws Exception {
    long millis = Long.getLong("mx.millis", 6_000);
    try (RawServer server = RawServer.start(this::talkWithoutEnd)) {
      String said =
          SmallJvm.run(
              EndlessReplies.class,
              String.valueOf(server.port()),
              String.valueOf(SESSIONS),
              String.valueOf(millis));
      String[] numbers = said.strip().split(" ");
      long grown = Long.parseLong(numbers[2]) - Long.parseLong(numbers[1]);
      assertTrue(Long.parseLong(numbers[0]) > SESSIONS, "attempts: " + said);
      assertTrue(grown < 10 * MIB, "the heap grew: " + said);
    }
  }

  /** In turn a greeting of one line, a greeting of many, and the like in reply to EHLO. */
  private void talkWithoutEnd(InputStream in, OutputStream out) throws IOException {
    int which = connections.getAndIncrement();
    if (which % 4 > 1) {
      out.write(bytes("220 mx\r\n"));
      in.read(new byte[512]);
    }
    byte[] block = bytes((which % 2 == 0 ? "2" : "250-and more\r\n").repeat(4_000));
    while (true) {
      out.write(block);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
