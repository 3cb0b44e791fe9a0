package org.mxrelay.examples.bench.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/**
 * A DNS server on 127.0.0.1 that answers every question with the exchange {@code 10 mx.NAME},
 * whatever type was asked, as fast as it can.
 *
 * <p>Safe for use by several threads. Its one thread is a daemon and ends with {@link #close}.
 */
public final class LocalDns implements AutoCloseable {

  private static final int HEADER = 12;
  private static final int LARGEST = 512;
  private static final int BUFFER = 4 << 20;

  /** Name as in the question; MX; IN; 300 s; 7 octets: 10, "mx", the name as in the question. */
  private static final byte[] RECORD = {
    (byte) 0xC0, HEADER, 0, 15, 0, 1, 0, 0, 1, 44, 0, 7, 0, 10, 2, 'm', 'x', (byte) 0xC0, HEADER
  };

  private final DatagramChannel channel;
  private final InetSocketAddress address;

  private LocalDns(DatagramChannel channel) throws IOException {
    this.channel = channel;
    this.address = (InetSocketAddress) channel.getLocalAddress();
  }

  /**
   * Starts a server on a free port.
   *
   * @throws UncheckedIOException if there is none to be had
   */
  public static LocalDns start() {
    try {
      DatagramChannel channel = DatagramChannel.open();
      channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      channel.bind(new InetSocketAddress(loopback, 0));
      LocalDns server = new LocalDns(channel);
      Thread thread = new Thread(server::serve, "local-dns");
      thread.setDaemon(true);
      thread.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("no port for a DNS server", e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  private void serve() {
    ByteBuffer packet = ByteBuffer.allocateDirect(LARGEST + RECORD.length);
    while (channel.isOpen()) {
      try {
        packet.clear().limit(LARGEST);
        SocketAddress from = channel.receive(packet);
        packet.flip();
        if (answer(packet)) {
          channel.send(packet, from);
        }
      } catch (ClosedChannelException closed) {
        return;
      } catch (IOException unwanted) {
        // The client's socket is gone: nobody waits for this answer.
      }
    }
  }

  /** Turns a query into its answer, in place; false if it is none. */
  private static boolean answer(ByteBuffer packet) {
    int end = HEADER;
    while (end < packet.limit() && packet.get(end) > 0) {
      end += 1 + packet.get(end);
    }
    end += 5; // the root, type and class
    if (end > packet.limit()) {
      return false;
    }
    packet.putShort(2, (short) 0x8180); // QR, RD, RA
    packet.putShort(6, (short) 1);
    packet.putInt(8, 0); // neither authority nor additional records
    packet.limit(end + RECORD.length).position(end);
    packet.put(RECORD).flip();
    return true;
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
