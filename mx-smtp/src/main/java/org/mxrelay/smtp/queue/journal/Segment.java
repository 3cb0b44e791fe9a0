package org.mxrelay.smtp.queue.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * One file of records. Each is written with its length and a checksum over its epoch and itself, so
 * that neither a torn record nor one of an earlier epoch behind the last one is taken for a record.
 *
 * <p>Confined to one thread at a time.
 */
final class Segment implements AutoCloseable {

  private static final int MAGIC = 0x6d786a31; // mxj1
  private static final int HEADER = 16;
  private static final int FRAME = 8;

  private final SteadyFile open;
  private long epoch;
  private long end;

  private Segment(SteadyFile open) {
    this.open = open;
  }

  /** Opens the file, which must be there. */
  static Segment open(Path file) throws IOException {
    return new Segment(SteadyFile.open(file));
  }

  /** The epoch of the records in a file; 0 if there are none. */
  static long epoch(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      return isRead(channel, header, 0) ? epoch(header) : 0;
    }
  }

  private static long epoch(ByteBuffer header) {
    boolean ours = header.getInt(0) == MAGIC && header.getInt(12) == sum(header.getLong(4));
    return ours ? header.getLong(4) : 0;
  }

  /** Hands over the records of a file in their order, up to the first that is not whole. */
  static void read(Path file, Consumer<byte[]> reader) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      if (!isRead(channel, header, 0) || epoch(header) == 0) {
        return;
      }
      long at = HEADER;
      byte[] record = record(channel, at, epoch(header));
      while (record.length > 0) {
        reader.accept(record);
        at += FRAME + record.length;
        record = record(channel, at, epoch(header));
      }
    }
  }

  /** The record at a place; nothing if there is none. */
  private static byte[] record(FileChannel channel, long at, long epoch) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(FRAME);
    if (!isRead(channel, frame, at)) {
      return new byte[0];
    }
    int length = frame.getInt(0);
    if (length <= 0 || length > channel.size() - at - FRAME) {
      return new byte[0];
    }
    ByteBuffer record = ByteBuffer.allocate(length);
    boolean whole = isRead(channel, record, at + FRAME);
    return whole && frame.getInt(4) == sum(epoch, record.array()) ? record.array() : new byte[0];
  }

  private static boolean isRead(FileChannel channel, ByteBuffer into, long at) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, at + into.position()) < 0) {
        return false;
      }
    }
    return true;
  }

  /** From now on it holds the records of that epoch, of which there are none yet. */
  void begin(long newEpoch) throws IOException {
    epoch = newEpoch;
    end = 0;
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.putInt(MAGIC).putLong(newEpoch).putInt(sum(newEpoch)).flip();
    write(header);
  }

  long epoch() {
    return epoch;
  }

  /** How many octets its records have. */
  long length() {
    return Math.max(0, end - HEADER);
  }

  /**
   * Adds records. They are durable after {@link #sync}.
   *
   * @throws IOException if they could not be written; none of them will ever be read
   */
  void append(List<byte[]> records) throws IOException {
    if (end == 0) {
      // It could not be begun when that was tried.
      begin(epoch);
    }
    int length = records.stream().mapToInt(r -> FRAME + r.length).sum();
    ByteBuffer all = ByteBuffer.allocate(length);
    for (byte[] record : records) {
      all.putInt(record.length).putInt(sum(epoch, record)).put(record);
    }
    write(all.flip());
  }

  private void write(ByteBuffer bytes) throws IOException {
    open.write(bytes, end);
    end += bytes.remaining();
  }

  /** What was written behind the last whole append must never be taken for records. */
  void cut() throws IOException {
    open.truncate(end);
    open.force(SteadyFile.Extent.WITH_ATTRIBUTES);
  }

  void sync() throws IOException {
    open.force(SteadyFile.Extent.BYTES);
  }

  /** Nothing in it is a record any more. */
  void clear() throws IOException {
    open.write(ByteBuffer.allocate(HEADER), 0);
    end = 0;
  }

  /**
   * Nothing in it can ever be taken for a record: where epochs are counted anew, those of old ones
   * might be.
   */
  void empty() throws IOException {
    open.truncate(0);
    end = 0;
  }

  private static int sum(long epoch) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(8).putLong(0, epoch));
    return (int) sum.getValue();
  }

  private static int sum(long epoch, byte[] record) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(8).putLong(0, epoch));
    sum.update(record);
    return (int) sum.getValue();
  }

  @Override
  public void close() throws IOException {
    open.close();
  }
}
