package org.mxrelay.examples.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A file of lines of words that survives its process: each line is one write.
 *
 * <p>Safe for use by several threads.
 */
final class Journal implements AutoCloseable {

  private final FileChannel channel;
  private final boolean synced;
  private final ReentrantLock lock = new ReentrantLock();

  private Journal(Path file, boolean synced) {
    this.synced = synced;
    try {
      this.channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line is on the disk when {@link #add} returns. */
  static Journal synced(Path file) {
    return new Journal(file, true);
  }

  /** A line is with the system when {@link #add} returns, which is as good under SIGKILL. */
  static Journal written(Path file) {
    return new Journal(file, false);
  }

  void add(List<String> lines) {
    ByteBuffer bytes =
        ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    lock.lock();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      if (synced) {
        channel.force(false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  void add(String line) {
    add(List.of(line));
  }

  /** The words of each whole line of the folder's files whose names begin so. */
  static List<String[]> read(Path folder, String prefix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix + "-"))
          .flatMap(Journal::wholeLines)
          .map(line -> line.split(" ", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands behind the last line end was never written whole. */
  private static Stream<String> wholeLines(Path file) {
    try {
      String text = Files.readString(file);
      return text.substring(0, text.lastIndexOf('\n') + 1).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
