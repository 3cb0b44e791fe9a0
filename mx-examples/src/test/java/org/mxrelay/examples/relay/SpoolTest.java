package org.mxrelay.examples.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.smtp.message.MessageSource;

class SpoolTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_384, 262_144, 262_145, 1_000_000})
  void message_isKeptAsItIs(int size) throws IOException {
    byte[] message = new byte[size];
    new Random(size).nextBytes(message);
    try (Spool spool = new Spool()) {
      assertEquals(Spool.End.WHOLE, spool.fill(new ByteArrayInputStream(message), 1_000_000));
      for (int reading = 0; reading < 2; reading++) {
        try (InputStream in = spool.source().open()) {
          assertArrayEquals(message, in.readAllBytes());
        }
      }
    }
  }

  @Test
  void tooLarge_isReadToItsEnd() throws IOException {
    InputStream in = new ByteArrayInputStream(new byte[600_000]);
    try (Spool spool = new Spool()) {
      assertEquals(Spool.End.TOO_LARGE, spool.fill(in, 500_000));
      assertEquals(-1, in.read());
    }
  }

  @Test
  void closed_leavesNoFile() throws IOException {
    MessageSource source;
    try (Spool spool = new Spool()) {
      spool.fill(new ByteArrayInputStream(new byte[300_000]), 1_000_000);
      source = spool.source();
    }
    assertThrows(NoSuchFileException.class, source::open);
  }
}
