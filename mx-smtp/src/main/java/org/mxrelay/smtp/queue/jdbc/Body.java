package org.mxrelay.smtp.queue.jdbc;

import java.util.Optional;

/**
 * A message's bytes on their way into the store.
 *
 * @param inline all of them if they are few
 * @param staged else the id under which they wait in chunks, and which becomes the message's
 * @param parts how many chunks
 */
record Body(Optional<byte[]> inline, long staged, int parts) {

  static Body of(byte[] few) {
    return new Body(Optional.of(few), 0, 0);
  }

  static Body staged(long id, int parts) {
    return new Body(Optional.empty(), id, parts);
  }
}
