package org.mxrelay.smtp.queue.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.queue.commit.GroupCommit;

/**
 * Takes records and has them on the disk when it returns. Callers that come together share one
 * write and one sync.
 *
 * <p>Whatever was written counts until it is {@linkplain #unpin no longer needed}; a file of which
 * nothing is needed is used again. After a failed sync nothing more is taken, since nobody knows
 * what the disk has.
 *
 * <p>Safe for use by several threads.
 */
public final class Journal implements AutoCloseable {

  /** How long a leader waits for those who shared the last sync, to share one again. */
  private static final Duration LINGER = Duration.ofNanos(200_000);

  private final List<Path> files;
  private final GroupCommit<Ticket> group =
      new GroupCommit<>(Integer.MAX_VALUE, LINGER, this::store);

  /** Guards what is needed of which file; the files themselves are the leader's. */
  private final ReentrantLock lock = new ReentrantLock();

  private final SegmentPair segments;

  /** The leader's. */
  private boolean broken;

  private Journal(List<Path> files, SegmentPair segments) {
    this.files = files;
    this.segments = segments;
  }

  /** The two files of a journal with that name. */
  public static List<Path> files(Path name) {
    return List.of(
        name.resolveSibling(name.getFileName() + "-0"),
        name.resolveSibling(name.getFileName() + "-1"));
  }

  /**
   * Hands over what a journal that nobody writes has, in the order in which it was written.
   *
   * @param files which need not be there
   */
  public static void read(List<Path> files, Consumer<byte[]> reader) throws IOException {
    List<Found> found = new ArrayList<>();
    for (Path file : files) {
      long epoch = Segment.epoch(file);
      if (epoch > 0) {
        found.add(new Found(epoch, file));
      }
    }
    found.sort(Comparator.comparingLong(Found::epoch));
    for (Found one : found) {
      Segment.read(one.file(), reader);
    }
  }

  private record Found(long epoch, Path file) {}

  /** Whether there are files that may have something in them. */
  public static boolean isLeft(List<Path> files) throws IOException {
    return Segment.epoch(files.get(0)) > 0 || Segment.epoch(files.get(1)) > 0;
  }

  /**
   * Begins a journal. Whatever the files had is given up.
   *
   * @param files which must be there, and on the disk by their names
   */
  public static Journal begin(List<Path> files) throws IOException {
    return new Journal(files, SegmentPair.begin(files));
  }

  /**
   * Writes a record. When it returns, the record is durable.
   *
   * @param pins for how many things it is needed
   * @return the epoch in which it is, for {@link #unpin}
   * @throws JournalException if it could not be written
   */
  public long write(byte[] record, int pins) {
    Ticket ticket = new Ticket(record, pins);
    if (!group.join(ticket)) {
      throw failed("closed", null, false);
    }
    if (!ticket.told) {
      throw failed("not written", null, true);
    }
    if (ticket.failure != null) {
      throw ticket.failure;
    }
    return ticket.epoch;
  }

  private void store(List<Ticket> all) {
    @Nullable JournalException failure =
        broken ? failed("an earlier write failed", null, false) : written(all);
    broken = broken || (failure != null && failure.isUncertain());
    all.forEach(ticket -> ticket.tell(failure));
  }

  private JournalException failed(String what, @Nullable Throwable cause, boolean uncertain) {
    return new JournalException(files.get(0) + ": " + what, cause, uncertain);
  }

  private @Nullable JournalException written(List<Ticket> all) {
    try {
      turnOver();
      segments.append(all.stream().map(t -> t.record).toList());
    } catch (IOException e) {
      return failed("" + e.getMessage(), e, !isCut());
    }
    try {
      segments.sync();
      pin(all);
      return null;
    } catch (IOException e) {
      return failed("not synced: " + e.getMessage(), e, true);
    }
  }

  private void pin(List<Ticket> all) {
    lock.lock();
    try {
      for (Ticket ticket : all) {
        segments.pin(ticket.pins);
        ticket.epoch = segments.epoch();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isCut() {
    try {
      segments.cut();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void turnOver() throws IOException {
    lock.lock();
    try {
      segments.turnOver();
    } finally {
      lock.unlock();
    }
  }

  /** What was written in that epoch is needed for so many things less. */
  public void unpin(long epoch, int pins) {
    lock.lock();
    try {
      segments.unpin(epoch, pins);
    } finally {
      lock.unlock();
    }
  }

  /** Has the next record go into the other file, if that is free: this one will be, in time. */
  public void turn() {
    lock.lock();
    try {
      segments.wantTurn();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives up what is not needed, so that a restart has less to read.
   *
   * @throws UncheckedIOException if it cannot be given up; then it is read once more
   */
  public void tidy() {
    group.ifIdle(
        () -> {
          lock.lock();
          try {
            segments.tidy();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } finally {
            lock.unlock();
          }
        });
  }

  /** How many octets the current file has. */
  public long length() {
    lock.lock();
    try {
      return segments.length();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets go of the files, and deletes them if nothing in them is needed. Whoever writes now is
   * waited for; nothing is taken after that.
   */
  @Override
  public void close() throws IOException {
    group.close();
    lock.lock();
    try {
      segments.close();
    } finally {
      lock.unlock();
    }
  }

  /** Who waits. Written by the leader, then read by its owner. */
  private static final class Ticket {
    final byte[] record;
    final int pins;
    long epoch;
    boolean told;
    @Nullable JournalException failure;

    Ticket(byte[] record, int pins) {
      this.record = record;
      this.pins = pins;
    }

    void tell(@Nullable JournalException what) {
      failure = what;
      told = true;
    }
  }
}
