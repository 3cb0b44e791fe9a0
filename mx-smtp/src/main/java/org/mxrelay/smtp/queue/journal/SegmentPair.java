package org.mxrelay.smtp.queue.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The two files that a journal writes in turn, and for how many things each is still needed.
 *
 * <p>Confined to the lock of {@link Journal}, but for {@link #append} and {@link #sync}, which one
 * thread at a time calls.
 */
final class SegmentPair implements AutoCloseable {

  private final List<Path> files;
  private Segment current;
  private Segment other;
  private long pinnedInCurrent;
  private long pinnedInOther;
  private boolean turn;

  private SegmentPair(List<Path> files, Segment current, Segment other) {
    this.files = files;
    this.current = current;
    this.other = other;
  }

  /** Whatever the files had is given up. */
  static SegmentPair begin(List<Path> files) throws IOException {
    long epoch = Math.max(Segment.epoch(files.get(0)), Segment.epoch(files.get(1))) + 1;
    Segment first = Segment.open(files.get(0));
    try {
      Segment second = Segment.open(files.get(1));
      try {
        second.empty();
        second.sync();
        first.empty();
        first.begin(epoch);
        return new SegmentPair(files, first, second);
      } catch (IOException e) {
        second.close();
        throw e;
      }
    } catch (IOException e) {
      first.close();
      throw e;
    }
  }

  void append(List<byte[]> records) throws IOException {
    current.append(records);
  }

  void sync() throws IOException {
    current.sync();
  }

  void cut() throws IOException {
    current.cut();
  }

  long epoch() {
    return current.epoch();
  }

  /** How many octets of records the current file has. */
  long length() {
    return current.length();
  }

  void pin(int pins) {
    pinnedInCurrent += pins;
  }

  void unpin(long epoch, int pins) {
    if (epoch == current.epoch()) {
      pinnedInCurrent -= pins;
    } else {
      pinnedInOther -= pins;
    }
  }

  /** The other file is wanted, as soon as it is free. */
  void wantTurn() {
    turn = current.length() > 0;
  }

  /** The other file is next, if that is wanted and it is free. */
  void turnOver() throws IOException {
    if (turn && pinnedInOther == 0) {
      other.begin(current.epoch() + 1);
      Segment next = other;
      other = current;
      current = next;
      pinnedInOther = pinnedInCurrent;
      pinnedInCurrent = 0;
    }
    turn = false;
  }

  /** Gives up what is not needed. What ended in one file may have begun in the one before it. */
  void tidy() throws IOException {
    if (pinnedInOther > 0) {
      return;
    }
    if (other.length() > 0) {
      other.clear();
    }
    if (pinnedInCurrent == 0 && current.length() > 0) {
      current.begin(current.epoch() + 1);
    }
  }

  /** Lets go of the files, and deletes them if nothing in them is needed. */
  @Override
  public void close() throws IOException {
    try (Segment one = current;
        Segment two = other) {
      if (pinnedInCurrent == 0 && pinnedInOther == 0) {
        one.clear();
        two.clear();
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
