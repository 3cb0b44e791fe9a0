package org.mxrelay.smtp.client;

import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.ReplyLines;

/**
 * Reads replies in order, each bounded as {@link ReplyLines} bounds it. Nothing else is ever read
 * from a connection.
 *
 * <p>Confined to the thread that uses the session.
 */
final class ReplyReader {

  private final Wire wire;
  private ReplyLines lines = new ReplyLines();
  // Holds the longest line that is a line, and enough of a longer one to tell.
  private final byte[] buffer = new byte[ReplyLines.MAX_LINE + 4];
  private int start;
  private int end;
  private boolean ended;

  ReplyReader(Wire wire) {
    this.wire = wire;
  }

  Reply next() throws IOException {
    while (true) {
      int lineEnd = awaitLine();
      Optional<Reply> reply = lines.add(buffer, start, lineEnd);
      start = lineEnd + 1;
      if (reply.isPresent()) {
        return reply.get();
      }
    }
  }

  /** The index of the line's LF; of a line that is too long, one that shows it. */
  private int awaitLine() throws IOException {
    int searched = start;
    while (true) {
      for (; searched < end; searched++) {
        if (buffer[searched] == '\n') {
          return searched;
        }
      }
      if (end - start == buffer.length) {
        return end;
      }
      searched -= makeRoom();
      fill();
    }
  }

  /** Moves what is left to the front where the end is reached, and answers by how much. */
  private int makeRoom() {
    int moved = start == end || end == buffer.length ? start : 0;
    if (moved > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      start -= moved;
      end -= moved;
    }
    return moved;
  }

  private void fill() throws IOException {
    int count = ended ? -1 : wire.read(buffer, end, buffer.length - end);
    if (count < 0) {
      ended = true;
      throw new EOFException("the peer closed the connection");
    }
    end += count;
  }

  /** Whether something came that was not read yet, as far as can be told without waiting. */
  boolean hasInput() throws IOException {
    if (isBuffered()) {
      return true;
    }
    // What waits under TLS may be no more than a record of its own affairs.
    return wire.hasBytes() && (wire.tls().isEmpty() || !isSilent());
  }

  boolean isBuffered() {
    return end > start || lines.isWithinReply();
  }

  /** Whether the connection is open and nothing comes: waits a millisecond for it. */
  boolean isSilent() throws IOException {
    if (isBuffered() || ended) {
      return false;
    }
    makeRoom();
    int count = wire.poll(buffer, end, buffer.length - end);
    ended = count < 0;
    end += Math.max(count, 0);
    return count == 0;
  }

  /** Begins anew above TLS. */
  void restart() {
    lines = new ReplyLines();
    start = 0;
    end = 0;
  }
}
