package org.mxrelay.examples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * An exchange that takes every connection and keeps it: its greeting has another line every ten
 * seconds, and no end.
 *
 * <p>Safe for use by several threads. Its one thread is a daemon and ends with {@link #close}.
 */
public final class Tarpit implements AutoCloseable {

  private static final Duration PACE = Duration.ofSeconds(10);
  private static final byte[] LINE = "220-one moment\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Selector selector;
  private final ServerSocketChannel listening;
  private final InetSocketAddress address;
  private long spoke = System.nanoTime();

  private Tarpit(Selector selector, ServerSocketChannel listening, InetSocketAddress address) {
    this.selector = selector;
    this.listening = listening;
    this.address = address;
  }

  /**
   * Listens from now on.
   *
   * @throws IOException if it cannot listen there
   */
  public static Tarpit start(InetSocketAddress at) throws IOException {
    Selector selector = Selector.open();
    ServerSocketChannel listening = ServerSocketChannel.open();
    try {
      listening.bind(at, 1024);
      listening.configureBlocking(false);
      listening.register(selector, SelectionKey.OP_ACCEPT);
    } catch (IOException | RuntimeException e) {
      listening.close();
      selector.close();
      throw e;
    }
    InetSocketAddress address = (InetSocketAddress) listening.getLocalAddress();
    Tarpit tarpit = new Tarpit(selector, listening, address);
    Thread thread = new Thread(tarpit::serve, "tarpit");
    thread.setDaemon(true);
    thread.start();
    return tarpit;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  private void serve() {
    try {
      while (selector.isOpen()) {
        selector.select(this::serve, PACE.toMillis());
        if (System.nanoTime() - spoke >= PACE.toNanos()) {
          spoke = System.nanoTime();
          selector.keys().forEach(this::speak);
        }
      }
    } catch (ClosedSelectorException e) {
      // closed
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(SelectionKey key) {
    try {
      if (key.isValid() && key.isAcceptable()) {
        SocketChannel channel = listening.accept();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
      } else if (((SocketChannel) key.channel()).read(ByteBuffer.allocate(512)) < 0) {
        key.channel().close();
      }
    } catch (IOException e) {
      closeQuietly(key);
    }
  }

  private void speak(SelectionKey key) {
    try {
      if (key.channel() instanceof SocketChannel channel) {
        channel.write(ByteBuffer.wrap(LINE));
      }
    } catch (IOException e) {
      closeQuietly(key);
    }
  }

  private static void closeQuietly(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
