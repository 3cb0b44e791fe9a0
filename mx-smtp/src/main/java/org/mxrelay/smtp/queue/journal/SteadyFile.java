package org.mxrelay.smtp.queue.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that stays open when a thread that writes it is interrupted: a {@link FileChannel} is
 * closed by that, and nobody could write it any more. The interrupt is kept for the caller.
 *
 * <p>Confined to one thread at a time.
 */
final class SteadyFile implements AutoCloseable {

  private final Path file;
  private FileChannel channel;

  private SteadyFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Opens the file, which must be there. */
  static SteadyFile open(Path file) throws IOException {
    return new SteadyFile(file, FileChannel.open(file, StandardOpenOption.WRITE));
  }

  /** Writes all that remains, and leaves the buffer as it is. */
  void write(ByteBuffer bytes, long at) throws IOException {
    steadily(
        open -> {
          ByteBuffer left = bytes.slice();
          while (left.hasRemaining()) {
            open.write(left, at + left.position());
          }
        });
  }

  void truncate(long length) throws IOException {
    steadily(open -> open.truncate(length));
  }

  void force(Extent extent) throws IOException {
    steadily(open -> open.force(extent == Extent.WITH_ATTRIBUTES));
  }

  /** Each action may be begun anew. */
  private void steadily(Action action) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      boolean done = false;
      while (!done) {
        done = isDone(action);
        interrupted |= !done;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isDone(Action action) throws IOException {
    try {
      action.on(channel);
      return true;
    } catch (ClosedByInterruptException e) {
      // Only this thread is interrupted by that, and it goes on.
      Thread.interrupted();
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** What is to be on the disk. */
  enum Extent {
    BYTES,
    WITH_ATTRIBUTES
  }

  /** Something done with the file. */
  @FunctionalInterface
  private interface Action {
    void on(FileChannel open) throws IOException;
  }
}
