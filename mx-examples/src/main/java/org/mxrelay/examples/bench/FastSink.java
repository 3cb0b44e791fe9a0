package org.mxrelay.examples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An SMTP server that takes every message and throws it away, on one thread, so that a client's own
 * limits show.
 *
 * <p>Safe for use by several threads.
 */
public final class FastSink implements Sink {

  private final Selector selector;
  private final ServerSocketChannel listening;
  private final InetSocketAddress address;
  private final List<String> offers;
  private final AtomicLong messages = new AtomicLong();

  private FastSink(
      Selector selector,
      ServerSocketChannel listening,
      InetSocketAddress address,
      List<String> offers) {
    this.selector = selector;
    this.listening = listening;
    this.address = address;
    this.offers = offers;
  }

  /**
   * Listens and takes mail from now on.
   *
   * @param at port 0 is any free one
   * @param offers the keywords of EHLO
   * @throws IOException if it cannot listen there
   */
  public static FastSink start(InetSocketAddress at, List<String> offers) throws IOException {
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
    FastSink sink = new FastSink(selector, listening, address, offers);
    Thread thread = new Thread(sink::serve, "sink");
    thread.setDaemon(true);
    thread.start();
    return sink;
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public long messages() {
    return messages.get();
  }

  private void serve() {
    try {
      while (selector.isOpen()) {
        selector.select(this::serve);
      }
    } catch (ClosedSelectorException e) {
      // closed
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        ((Peer) key.attachment()).serve();
      }
    } catch (IOException e) {
      key.cancel();
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

  private void accept() throws IOException {
    SocketChannel channel = listening.accept();
    if (channel != null) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Peer peer = new Peer(channel, new SinkSession(messages, offers));
      channel.register(selector, SelectionKey.OP_READ, peer);
      peer.reply();
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

  /** One connection. */
  private record Peer(SocketChannel channel, SinkSession session, ByteBuffer input) {

    Peer(SocketChannel channel, SinkSession session) {
      this(channel, session, ByteBuffer.wrap(session.input()));
    }

    void serve() throws IOException {
      input.limit(session.end() + session.room()).position(session.end());
      int count = channel.read(input);
      SinkSession.Next next = count < 0 ? SinkSession.Next.CLOSE : session.consume(count);
      reply();
      if (next != SinkSession.Next.READ) {
        channel.close();
      }
    }

    void reply() throws IOException {
      byte[] replies = session.takeReplies();
      if (replies.length > 0) {
        ByteBuffer out = ByteBuffer.wrap(replies);
        // Replies are short and the peer reads them: a buffer that is full is a peer gone wrong.
        if (channel.write(out) < replies.length) {
          throw new IOException("the peer does not read its replies");
        }
      }
    }
  }
}
