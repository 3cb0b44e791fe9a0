package org.mxrelay.smtp.queue.jdbc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stored message, chunk by chunk; holds one chunk and no transaction. Confined to one thread. */
final class ChunkStream extends InputStream {

  private final int parts;
  private final Chunks chunks;
  private int next;
  private InputStream current = new ByteArrayInputStream(new byte[0]);

  ChunkStream(int parts, Chunks chunks) {
    this.parts = parts;
    this.chunks = chunks;
  }

  @Override
  public int read() throws IOException {
    int b = current.read();
    while (b < 0 && next < parts) {
      current = new ByteArrayInputStream(chunks.chunk(next++));
      b = current.read();
    }
    return b;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int n = current.read(into, from, length);
    while (n < 0 && next < parts) {
      current = new ByteArrayInputStream(chunks.chunk(next++));
      n = current.read(into, from, length);
    }
    return n;
  }

  /** Where the chunks come from. */
  @FunctionalInterface
  interface Chunks {
    byte[] chunk(int part) throws IOException;
  }
}
