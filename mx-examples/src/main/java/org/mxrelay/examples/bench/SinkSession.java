package org.mxrelay.examples.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sink's side of one SMTP session: says yes to everything, and forgets it.
 *
 * <p>Confined to one thread at a time.
 */
final class SinkSession {

  /** What is to be done after input was consumed. */
  enum Next {
    READ,
    START_TLS,
    CLOSE
  }

  private enum State {
    COMMAND,
    DATA,
    CHUNK
  }

  private static final byte[] OK = ascii("250 2.0.0 Ok\r\n");
  private static final byte[] GO_AHEAD = ascii("354 go ahead\r\n");
  private static final byte[] READY = ascii("220 2.0.0 ready\r\n");
  private static final byte[] BYE = ascii("221 2.0.0 bye\r\n");
  private static final byte[] TOO_LONG = ascii("500 5.5.2 line too long\r\n");
  private static final byte[] END = ascii("\r\n.\r\n");

  private final AtomicLong messages;
  private final byte[] offers;
  private final ByteArrayOutputStream replies = new ByteArrayOutputStream(512);
  private final byte[] input = new byte[64 * 1024];
  private int start;
  private int end;
  private State state = State.COMMAND;
  private long chunkLeft;
  private boolean lastChunk;
  private Next next = Next.READ;

  /**
   * @param messages counts the messages taken
   * @param keywords offered by EHLO
   */
  SinkSession(AtomicLong messages, Iterable<String> keywords) {
    this.messages = messages;
    StringBuilder lines = new StringBuilder();
    keywords.forEach(k -> lines.append("250-").append(k).append("\r\n"));
    this.offers = ascii("250-sink\r\n" + lines + "250 ENHANCEDSTATUSCODES\r\n");
    say(ascii("220 sink ESMTP\r\n"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Where input goes: {@link #room} octets from {@link #end} on. */
  byte[] input() {
    return input;
  }

  int end() {
    return end;
  }

  int room() {
    return input.length - end;
  }

  /** What is to be written, which is then forgotten. */
  byte[] takeReplies() {
    byte[] all = replies.toByteArray();
    replies.reset();
    return all;
  }

  /** So many octets came. */
  Next consume(int count) {
    end += count;
    next = Next.READ;
    while (next == Next.READ && step()) {
      // as long as there is something whole
    }
    compact();
    return next;
  }

  private boolean step() {
    return switch (state) {
      case COMMAND -> command();
      case DATA -> data();
      case CHUNK -> chunk();
    };
  }

  private void compact() {
    if (start > 0) {
      System.arraycopy(input, start, input, 0, end - start);
      end -= start;
      start = 0;
    }
  }

  private boolean command() {
    int line = start;
    while (line < end && input[line] != '\n') {
      line++;
    }
    if (line == end) {
      if (end - start == input.length) {
        say(TOO_LONG);
        next = Next.CLOSE;
      }
      return false;
    }
    int from = start;
    start = line + 1;
    answer(from, line);
    return true;
  }

  private void answer(int from, int to) {
    switch (input[from] | 0x20) {
      case 'e' -> say(offers);
      case 'd' -> {
        say(GO_AHEAD);
        state = State.DATA;
        // The dot may be the first line: the end of DATA's own line counts as the one before it.
        start -= 2;
      }
      case 'b' -> beginChunk(from, to);
      case 's' -> {
        say(READY);
        next = Next.START_TLS;
        start = end;
      }
      case 'q' -> {
        say(BYE);
        next = Next.CLOSE;
      }
      default -> say(OK);
    }
  }

  private void beginChunk(int from, int to) {
    chunkLeft = 0;
    int i = from + 5;
    for (; i < to && input[i] >= '0' && input[i] <= '9'; i++) {
      chunkLeft = 10 * chunkLeft + input[i] - '0';
    }
    lastChunk = i + 1 < to && (input[i + 1] | 0x20) == 'l';
    state = State.CHUNK;
  }

  private boolean chunk() {
    int part = (int) Math.min(chunkLeft, end - start);
    start += part;
    chunkLeft -= part;
    if (chunkLeft > 0) {
      return false;
    }
    if (lastChunk) {
      messages.incrementAndGet();
    }
    say(OK);
    state = State.COMMAND;
    return start < end;
  }

  private boolean data() {
    int i = start;
    // Looks at every fifth octet only: the end cannot lie between two that are none of its own.
    while (i + END.length <= end) {
      byte last = input[i + END.length - 1];
      if (last == '\n' && isEnd(i)) {
        start = i + END.length;
        messages.incrementAndGet();
        say(OK);
        state = State.COMMAND;
        return start < end;
      }
      i += last == '\n' || last == '\r' || last == '.' ? 1 : END.length;
    }
    // The start of the end may be here already.
    start = Math.max(start, Math.min(i, end - END.length + 1));
    return false;
  }

  private boolean isEnd(int at) {
    for (int i = 0; i < END.length; i++) {
      if (input[at + i] != END[i]) {
        return false;
      }
    }
    return true;
  }

  private void say(byte[] reply) {
    replies.write(reply, 0, reply.length);
  }
}
