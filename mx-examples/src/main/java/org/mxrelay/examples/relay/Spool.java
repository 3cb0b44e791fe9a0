package org.mxrelay.examples.relay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.message.MessageSource;

/**
 * A message while its client waits: in memory, and in a file once it is large. Closing it forgets
 * it.
 *
 * <p>Confined to one thread while it is filled.
 */
final class Spool implements AutoCloseable {

  /** Most messages are smaller. */
  private static final int IN_MEMORY = 256 * 1024;

  /** How filling it ended. */
  enum End {
    WHOLE,
    /** It was longer than allowed; the rest was read and thrown away. */
    TOO_LARGE,
    /** It could not be written; the rest was read and thrown away. */
    NO_ROOM
  }

  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream out;
  private End end = End.WHOLE;
  private long size;

  /**
   * Reads a message to its end, come what may.
   *
   * @throws IOException if it cannot be read
   */
  End fill(InputStream message, long most) throws IOException {
    byte[] block = new byte[16 * 1024];
    for (int n = message.read(block); n >= 0; n = message.read(block)) {
      size += n;
      if (size > most) {
        end = End.TOO_LARGE;
      }
      if (end == End.WHOLE) {
        keep(block, n);
      }
    }
    finish();
    return end;
  }

  /** The message, if it is whole. */
  MessageSource source() {
    Path kept = file;
    if (kept != null) {
      return MessageSource.of(kept);
    }
    byte[] bytes = memory.toByteArray();
    return () -> new ByteArrayInputStream(bytes);
  }

  private void keep(byte[] block, int length) {
    try {
      if (out == null && memory.size() + length > IN_MEMORY) {
        file = Files.createTempFile("mx-relay", ".eml");
        out = Files.newOutputStream(file);
        memory.writeTo(out);
        memory.reset();
      }
      (out == null ? memory : out).write(block, 0, length);
    } catch (IOException e) {
      end = End.NO_ROOM;
    }
  }

  private void finish() {
    try {
      if (out != null) {
        out.close();
        out = null;
      }
    } catch (IOException e) {
      end = end == End.WHOLE ? End.NO_ROOM : end;
    }
  }

  @Override
  public void close() {
    finish();
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It lies in the folder for such files, whose owner clears it.
    }
  }
}
