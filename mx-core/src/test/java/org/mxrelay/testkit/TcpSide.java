package org.mxrelay.testkit;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Answers over connections until its socket is closed (RFC 7766). */
final class TcpSide implements Runnable, Closeable {

  private final ServerSocket listening;
  private final Desk desk;
  private final Executor threads;
  private final ScheduledExecutorService later;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  TcpSide(ServerSocket listening, Desk desk, Executor threads, ScheduledExecutorService later) {
    this.listening = listening;
    this.desk = desk;
    this.threads = threads;
    this.later = later;
  }

  @Override
  public void run() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        continue; // closed, or a peer that was gone before it was accepted
      }
    }
  }

  private void serve(Socket socket) {
    ReentrantLock writing = new ReentrantLock();
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      while (true) {
        byte[] query = new byte[in.readUnsignedShort()];
        in.readFully(query);
        Optional<Responder.Answer> answer = desk.answer(query, DnsQuery.Transport.TCP);
        if (answer.isPresent()) {
          send(answer.get(), socket, writing);
        }
      }
    } catch (IOException e) {
      // The peer or a fault has ended the connection: nothing more to answer.
    } finally {
      open.remove(socket);
    }
  }

  private void send(Responder.Answer answer, Socket socket, ReentrantLock writing)
      throws IOException {
    if (answer.delay().isZero()) {
      write(answer, socket, writing);
      return;
    }
    later.schedule(
        () -> {
          write(answer, socket, writing);
          return null;
        },
        answer.delay().toNanos(),
        TimeUnit.NANOSECONDS);
  }

  private static void write(Responder.Answer answer, Socket socket, ReentrantLock writing)
      throws IOException {
    byte[] wire = answer.wire();
    if (answer.end() == Responder.End.RESET) {
      socket.setSoLinger(true, 0);
      socket.close();
      return;
    }
    writing.lock();
    try {
      boolean cut = answer.end() == Responder.End.CUT;
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      byte[] framed = new byte[2 + wire.length];
      framed[0] = (byte) (wire.length >> 8);
      framed[1] = (byte) wire.length;
      System.arraycopy(wire, 0, framed, 2, wire.length);
      out.write(framed, 0, cut ? framed.length / 2 : framed.length);
      out.flush();
      if (cut) {
        socket.close();
      }
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
