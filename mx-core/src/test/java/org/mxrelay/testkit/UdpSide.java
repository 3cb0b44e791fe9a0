package org.mxrelay.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Answers datagrams until its socket is closed. */
final class UdpSide implements Runnable {

  private static final int LARGEST = 65_535;

  private final DatagramSocket socket;
  private final Desk desk;
  private final ScheduledExecutorService later;

  UdpSide(DatagramSocket socket, Desk desk, ScheduledExecutorService later) {
    this.socket = socket;
    this.desk = desk;
    this.later = later;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[LARGEST];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
      } catch (IOException e) {
        continue; // closed, or an ICMP error of an answer that nobody waited for
      }
      byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
      SocketAddress peer = packet.getSocketAddress();
      answer(query, peer);
    }
  }

  private void answer(byte[] query, SocketAddress peer) {
    try {
      desk.answer(query, DnsQuery.Transport.UDP).ifPresent(answer -> send(answer, peer));
    } catch (RuntimeException e) {
      // A mistake in a test's own fault: to be seen, but not to silence the server.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  private void send(Responder.Answer answer, SocketAddress peer) {
    if (answer.delay().isZero()) {
      send(answer.wire(), peer);
    } else {
      later.schedule(
          () -> send(answer.wire(), peer), answer.delay().toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void send(byte[] wire, SocketAddress peer) {
    try {
      socket.send(new DatagramPacket(wire, wire.length, peer));
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
