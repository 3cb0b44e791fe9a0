package org.mxrelay.smtp.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The beginning of what went over a connection, in both directions and in order.
 *
 * <p>Safe for use by several threads.
 */
final class Transcript {

  private static final int MOST_PARTS = 60;
  private static final int MOST_OCTETS = 240;

  private final long start = System.nanoTime();
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Part> parts = new ArrayList<>();

  /** What one side said without being interrupted. */
  private static final class Part {
    private final char side;
    private final long millis;
    private final StringBuilder head = new StringBuilder();
    private long octets;

    Part(char side, long millis) {
      this.side = side;
      this.millis = millis;
    }

    void add(byte[] from, int offset, int length) {
      int room = (int) Math.max(0, Math.min(length, MOST_OCTETS - octets));
      head.append(new String(from, offset, room, StandardCharsets.ISO_8859_1));
      octets += length;
    }

    String line() {
      long more = octets - head.length();
      return String.format("%c %5d ms  %s", side, millis, escaped(head))
          + (more > 0 ? " ... and " + more + " octets more" : "");
    }
  }

  void add(char side, byte[] from, int offset, int length) {
    lock.lock();
    try {
      if (parts.isEmpty() || parts.get(parts.size() - 1).side != side) {
        if (parts.size() == MOST_PARTS) {
          return;
        }
        parts.add(new Part(side, (System.nanoTime() - start) / 1_000_000));
      }
      parts.get(parts.size() - 1).add(from, offset, length);
    } finally {
      lock.unlock();
    }
  }

  List<String> lines() {
    lock.lock();
    try {
      return parts.stream().map(Part::line).toList();
    } finally {
      lock.unlock();
    }
  }

  private static String escaped(CharSequence text) {
    StringBuilder line = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                line.append(
                    switch (c) {
                      case '\r' -> "\\r";
                      case '\n' -> "\\n";
                      case '\\' -> "\\\\";
                      default -> c >= ' ' && c <= '~' ? String.valueOf((char) c) : hex(c);
                    }));
    return line.toString();
  }

  private static String hex(int c) {
    return String.format("\\x%02x", c);
  }
}
