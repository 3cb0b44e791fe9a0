package org.mxrelay.smtp.queue.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes records and has them on the disk when it returns. Callers that come together share one
 * write and one sync: the first writes for all who came while the one before was writing.
 *
 * <p>Whatever was written counts until it is {@linkplain #unpin no longer needed}; a file of which
 * nothing is needed is used again. After a failed sync nothing more is taken, since nobody knows
 * what the disk has.
 *
 * <p>Safe for use by several threads.
 */
public final class Journal implements AutoCloseable {

  /** How long a leader waits for those who shared the last sync, to share one again. */
  private static final long LINGER_NANOS = 200_000;

  private final List<Path> files;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition gathered = lock.newCondition();
  private final Condition idle = lock.newCondition();
  private final SegmentPair segments;
  private List<Ticket> waiting = new ArrayList<>();
  private int expected = 1;
  private boolean writing;
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
    Ticket ticket = new Ticket(record, pins, lock.newCondition());
    lock.lock();
    try {
      waiting.add(ticket);
      if (waiting.size() >= expected) {
        gathered.signal();
      }
      while (!ticket.done) {
        if (writing) {
          ticket.turn.awaitUninterruptibly();
        } else {
          lead();
        }
      }
    } finally {
      lock.unlock();
    }
    if (ticket.failure != null) {
      throw ticket.failure;
    }
    return ticket.epoch;
  }

  /** Callers that wait for each other come back together; a lone one is not kept waiting. */
  private void gather() {
    long left = LINGER_NANOS;
    try {
      while (waiting.size() < expected && left > 0) {
        left = gathered.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      // Being interrupted is no reason not to store.
      Thread.currentThread().interrupt();
    }
    expected = waiting.size();
  }

  private void lead() {
    writing = true;
    gather();
    List<Ticket> batch = waiting;
    waiting = new ArrayList<>();
    // Unless it turns out otherwise.
    @Nullable JournalException failure = failed("not written", null, true);
    boolean works = !broken;
    lock.unlock();
    try {
      failure = works ? store(batch) : failed("closed, or an earlier write failed", null, false);
    } finally {
      lock.lock();
      writing = false;
      broken = broken || (failure != null && failure.isUncertain());
      for (Ticket ticket : batch) {
        segments.pin(failure == null ? ticket.pins : 0);
        ticket.epoch = segments.epoch();
        ticket.failure = failure;
        ticket.done = true;
        ticket.turn.signal();
      }
      if (waiting.isEmpty()) {
        idle.signalAll();
      } else {
        waiting.get(0).turn.signal();
      }
    }
  }

  private JournalException failed(String what, @Nullable Throwable cause, boolean uncertain) {
    return new JournalException(files.get(0) + ": " + what, cause, uncertain);
  }

  private @Nullable JournalException store(List<Ticket> batch) {
    try {
      turnOver();
      segments.append(batch.stream().map(t -> t.record).toList());
    } catch (IOException e) {
      return failed("" + e.getMessage(), e, !isCut());
    }
    try {
      segments.sync();
      return null;
    } catch (IOException e) {
      return failed("not synced: " + e.getMessage(), e, true);
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

  /** Gives up what is not needed, so that a restart has less to read. */
  public void tidy() throws IOException {
    lock.lock();
    try {
      if (!writing && waiting.isEmpty()) {
        segments.tidy();
      }
    } finally {
      lock.unlock();
    }
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

  /** Whether nothing more is taken. */
  public boolean isBroken() {
    lock.lock();
    try {
      return broken;
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
    lock.lock();
    try {
      broken = true;
      while (writing || !waiting.isEmpty()) {
        idle.awaitUninterruptibly();
      }
      segments.close();
    } finally {
      lock.unlock();
    }
  }

  /** Who waits. Written by the leader, read by its owner, each under the lock. */
  private static final class Ticket {
    final byte[] record;
    final int pins;
    final Condition turn;
    long epoch;
    boolean done;
    @Nullable JournalException failure;

    Ticket(byte[] record, int pins, Condition turn) {
      this.record = record;
      this.pins = pins;
      this.turn = turn;
    }
  }
}
