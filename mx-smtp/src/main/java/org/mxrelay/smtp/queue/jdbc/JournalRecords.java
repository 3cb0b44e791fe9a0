package org.mxrelay.smtp.queue.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the journal's records say: that messages were accepted, and that deliveries ended. Read in
 * their order they tell what is to be put into the tables.
 *
 * <p>Confined to one thread; the makers of records are pure.
 */
final class JournalRecords {

  private static final int ADDED = 1;
  private static final int ENDED = 2;

  private final Map<Long, Adoption> messages = new LinkedHashMap<>();

  /** Messages were accepted, all of them or none. */
  static byte[] added(List<Adoption> all) {
    int bytes = all.stream().mapToInt(one -> one.bytes().length).sum();
    return record(
        bytes + 512 * all.size(),
        out -> {
          out.writeByte(ADDED);
          out.writeInt(all.size());
          for (Adoption one : all) {
            write(out, one.message());
            write(out, one.bytes());
            out.writeInt(one.open().size());
            for (DeliveryColumns delivery : one.open()) {
              write(out, delivery);
            }
          }
        });
  }

  /**
   * A delivery ended.
   *
   * @param message whose it was
   */
  record End(long message, long delivery, List<OutcomeColumns> outcomes) {}

  /** Deliveries ended, all of them or none. */
  static byte[] ended(List<End> all) {
    return record(
        256 * all.size(),
        out -> {
          out.writeByte(ENDED);
          out.writeInt(all.size());
          for (End end : all) {
            out.writeLong(end.message());
            out.writeLong(end.delivery());
            out.writeInt(end.outcomes().size());
            for (OutcomeColumns outcome : end.outcomes()) {
              write(out, outcome);
            }
          }
        });
  }

  /** What all that was read comes to. */
  Collection<Adoption> messages() {
    return messages.values();
  }

  /** Reads the next record. */
  void read(byte[] record) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(record))) {
      int kind = in.readByte();
      for (int left = in.readInt(); left > 0; left--) {
        if (kind == ADDED) {
          readAdded(in);
        } else {
          readEnded(in);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readAdded(DataInputStream in) throws IOException {
    MessageColumns message = readMessage(in);
    byte[] bytes = readBytes(in);
    List<DeliveryColumns> open = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      // Nobody knows which of them the process had at hand when it died.
      open.add(readDelivery(in).lost());
    }
    messages.put(message.id(), new Adoption(message, Body.of(bytes), open, List.of()));
  }

  private void readEnded(DataInputStream in) throws IOException {
    long message = in.readLong();
    long delivery = in.readLong();
    List<OutcomeColumns> outcomes = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      outcomes.add(readOutcome(in));
    }
    // Else the message went into the tables long ago, and its record is gone.
    messages.computeIfPresent(message, (id, one) -> ended(one, delivery, outcomes));
  }

  private static Adoption ended(Adoption one, long delivery, List<OutcomeColumns> outcomes) {
    List<OutcomeColumns> all = new ArrayList<>(one.ended());
    all.addAll(outcomes);
    return new Adoption(
        one.message(),
        one.body(),
        one.open().stream().filter(open -> open.id() != delivery).toList(),
        all);
  }

  private static void write(DataOutputStream out, MessageColumns message) throws IOException {
    out.writeLong(message.id());
    write(out, message.submission());
    write(out, message.reversePath());
    write(out, message.options());
    out.writeLong(message.size());
    out.writeLong(message.wireSize());
    out.writeInt(message.eightBit());
    out.writeLong(message.queuedAt());
  }

  private static MessageColumns readMessage(DataInputStream in) throws IOException {
    return new MessageColumns(
        in.readLong(),
        readText(in),
        readText(in),
        readText(in),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readLong());
  }

  private static void write(DataOutputStream out, DeliveryColumns delivery) throws IOException {
    out.writeLong(delivery.id());
    write(out, delivery.destination());
    write(out, delivery.recipients());
    out.writeLong(delivery.due());
  }

  private static DeliveryColumns readDelivery(DataInputStream in) throws IOException {
    return DeliveryColumns.queued(in.readLong(), readText(in), readText(in), in.readLong());
  }

  private static void write(DataOutputStream out, OutcomeColumns outcome) throws IOException {
    write(out, outcome.recipient());
    write(out, outcome.outcome());
    out.writeInt(outcome.attempts());
    out.writeLong(outcome.endedAt());
    write(out, outcome.diagnostic());
  }

  private static OutcomeColumns readOutcome(DataInputStream in) throws IOException {
    return new OutcomeColumns(
        readText(in), readText(in), in.readInt(), in.readLong(), readText(in));
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    write(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }

  private static byte[] record(int about, Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(about);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      content.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What a record has in it. */
  @FunctionalInterface
  private interface Content {
    void to(DataOutputStream out) throws IOException;
  }
}
