package org.mxrelay.smtp.client;

import java.io.IOException;
import java.io.InputStream;

/**
 * A message as blocks of the wire. The last block is known as such before it is sent.
 *
 * <p>Confined to one attempt.
 */
final class BodyBlocks {

  /** A message of fewer octets than this becomes one block. */
  static final int ONE_BLOCK = 64 * 1024;

  private final Space space;
  private final InputStream message;
  private final WireEncoder encoder;
  private int length;
  private boolean last;

  BodyBlocks(Space space, InputStream message, WireEncoder.Framing framing) {
    this.space = space;
    this.message = message;
    this.encoder = new WireEncoder(framing);
  }

  /** Room for one message under way, used again for the next. */
  static final class Space {
    private final byte[] read = new byte[ONE_BLOCK];
    private final byte[] encoded = new byte[WireEncoder.room(ONE_BLOCK)];
  }

  /**
   * Makes the next block.
   *
   * @throws IOException if the message cannot be read
   */
  void next() throws IOException {
    int count = message.readNBytes(space.read, 0, ONE_BLOCK);
    length = encoder.encode(space.read, count, space.encoded, 0);
    last = count < ONE_BLOCK;
    if (last) {
      length = encoder.finish(space.encoded, length);
    }
  }

  byte[] bytes() {
    return space.encoded;
  }

  int length() {
    return length;
  }

  /** Whether the message ends with this block. */
  boolean isLast() {
    return last;
  }
}
