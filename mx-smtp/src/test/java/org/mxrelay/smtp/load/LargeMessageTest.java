package org.mxrelay.smtp.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("ci")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LargeMessageTest {

  private static final long MIB = 1 << 20;

  @Test
  void messageOfAGibibyte_leavesAHeapOf64MiB() throws Exception {
    Counting counting = new Counting();
    try (RawServer server = RawServer.start(counting)) {
      String said =
          SmallJvm.run(
              LargeMessage.class, String.valueOf(server.port()), String.valueOf(1024 * MIB));
      assertTrue(said.startsWith("[Answered["), said);
    }
    assertEquals(1024 * MIB, counting.octets());
    assertEquals(Lines.checksum(1024 * MIB), counting.checksum());
  }

  @Test
  void messageOf128MiB_goesThroughTheStoreInAHeapOf64MiB(@TempDir Path folder) throws Exception {
    Counting counting = new Counting();
    try (RawServer server = RawServer.start(counting)) {
      String said =
          SmallJvm.run(
              LargeMessage.class,
              String.valueOf(server.port()),
              String.valueOf(128 * MIB),
              folder.resolve("mail.db").toString());
      assertTrue(said.endsWith("RELAYED\n"), said);
    }
    assertEquals(128 * MIB, counting.octets());
    assertEquals(Lines.checksum(128 * MIB), counting.checksum());
  }
}
