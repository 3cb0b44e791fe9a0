package org.mxrelay.smtp.backup.filter;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * Packets on a connection, each with its length before it.
 *
 * <p>Confined to one thread.
 */
final class MilterWire {

  /** More than any field or reply that is of use. */
  private static final int MOST = 128 * 1024;

  /** A milter that says so much adds more fields than anybody reads. */
  private static final int MOST_PACKETS = 10_000;

  private final DataInputStream in;
  private final DataOutputStream out;
  private int received;

  MilterWire(FilterSocket connection) throws IOException {
    this.in = new DataInputStream(new BufferedInputStream(connection.in()));
    this.out = new DataOutputStream(new BufferedOutputStream(connection.out(), 70_000));
  }

  /** Sends it with the next {@link #receive} or {@link #flush} at the latest. */
  void send(MilterPacket packet) throws IOException {
    out.writeInt(packet.data().length + 1);
    out.writeByte(packet.code());
    out.write(packet.data());
  }

  void flush() throws IOException {
    out.flush();
  }

  /** The next packet that is more than a sign of life. */
  MilterPacket receive() throws IOException {
    flush();
    MilterPacket packet = next();
    while (packet.code() == MilterPacket.PROGRESS) {
      packet = next();
    }
    return packet;
  }

  private MilterPacket next() throws IOException {
    if (++received > MOST_PACKETS) {
      throw new MilterException("more than " + MOST_PACKETS + " packets");
    }
    try {
      int length = in.readInt();
      if (length < 1 || length > MOST) {
        throw new MilterException("a packet of " + length + " octets");
      }
      char code = (char) in.readUnsignedByte();
      byte[] data = new byte[length - 1];
      in.readFully(data);
      return new MilterPacket(code, data);
    } catch (EOFException e) {
      throw new MilterException("closed the connection");
    }
  }
}
