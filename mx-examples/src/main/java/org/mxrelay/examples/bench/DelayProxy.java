package org.mxrelay.examples.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A far-away server near by: passes bytes on in both directions, each later by half a round trip.
 *
 * <p>Safe for use by several threads.
 */
public final class DelayProxy implements AutoCloseable {

  private final ServerSocket listening;
  private final InetSocketAddress target;
  private final long oneWayNanos;

  private DelayProxy(ServerSocket listening, InetSocketAddress target, Duration roundTrip) {
    this.listening = listening;
    this.target = target;
    this.oneWayNanos = roundTrip.toNanos() / 2;
  }

  /**
   * Listens on a free loopback port from now on.
   *
   * @param roundTrip what a round trip takes longer
   * @throws IOException if it cannot listen
   */
  public static DelayProxy start(InetSocketAddress target, Duration roundTrip) throws IOException {
    DelayProxy proxy =
        new DelayProxy(
            new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()), target, roundTrip);
    run(proxy::accept);
    return proxy;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  private static void run(Runnable task) {
    Thread thread = new Thread(task, "delay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (!listening.isClosed()) {
        Socket near = listening.accept();
        Socket far = new Socket(target.getAddress(), target.getPort());
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        join(near, far);
        join(far, near);
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void join(Socket from, Socket to) {
    BlockingQueue<Parcel> underWay = new LinkedBlockingQueue<>();
    run(() -> take(from, underWay));
    run(() -> deliver(underWay, to));
  }

  /** Bytes, and when they arrive; none at the end. */
  private record Parcel(ByteBuffer bytes, long due) {}

  private void take(Socket from, BlockingQueue<Parcel> underWay) {
    try {
      int count;
      do {
        byte[] block = new byte[16 * 1024];
        count = from.getInputStream().read(block);
        send(ByteBuffer.wrap(block, 0, Math.max(count, 0)), underWay);
      } while (count >= 0);
    } catch (IOException e) {
      send(ByteBuffer.allocate(0), underWay);
    }
  }

  private void send(ByteBuffer bytes, BlockingQueue<Parcel> underWay) {
    underWay.add(new Parcel(bytes, System.nanoTime() + oneWayNanos));
  }

  private static void deliver(BlockingQueue<Parcel> underWay, Socket to) {
    try (to) {
      for (Parcel next = underWay.take(); next.bytes().hasRemaining(); next = underWay.take()) {
        awaitDue(next);
        to.getOutputStream().write(next.bytes().array(), 0, next.bytes().remaining());
      }
    } catch (IOException e) {
      // One side went; the other hears of it by its end.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitDue(Parcel parcel) {
    long left = parcel.due() - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = parcel.due() - System.nanoTime();
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
