package org.mxrelay.smtp.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A message's bytes (RFC 5322), header and body, as often as they are asked for.
 *
 * <p>Safe for use by several threads, each with a stream of its own.
 */
@FunctionalInterface
public interface MessageSource {

  /**
   * A new stream of the bytes from the first on; the same bytes each time. The caller closes it.
   *
   * @throws IOException if they cannot be read
   */
  InputStream open() throws IOException;

  /** A message in memory. The array is copied. */
  static MessageSource of(byte[] message) {
    byte[] copy = message.clone();
    return () -> new ByteArrayInputStream(copy);
  }

  /** A message in a file, which must not change while it is used. */
  static MessageSource of(Path file) {
    return () -> Files.newInputStream(file);
  }
}
