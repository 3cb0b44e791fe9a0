package org.mxrelay.examples.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * The sink for mail under TLS: it offers STARTTLS, and has a thread for each connection.
 *
 * <p>Safe for use by several threads.
 */
public final class TlsSink implements Sink {

  private final ServerSocket listening;
  private final SSLContext context;
  private final List<String> offers;
  private final AtomicLong messages = new AtomicLong();

  private TlsSink(ServerSocket listening, List<String> offers, SSLContext context) {
    this.listening = listening;
    this.offers = offers;
    this.context = context;
  }

  /**
   * Listens and takes mail from now on.
   *
   * @param at port 0 is any free one
   * @param offers the keywords of EHLO, to which STARTTLS is added before TLS
   * @param context has the server's certificate
   * @throws IOException if it cannot listen there
   */
  public static TlsSink start(InetSocketAddress at, List<String> offers, SSLContext context)
      throws IOException {
    TlsSink sink =
        new TlsSink(new ServerSocket(at.getPort(), 1024, at.getAddress()), offers, context);
    sink.run(sink::accept);
    return sink;
  }

  @Override
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.getLocalSocketAddress();
  }

  @Override
  public long messages() {
    return messages.get();
  }

  private void run(Runnable task) {
    Thread thread = new Thread(task, "tls-sink");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (!listening.isClosed()) {
        Socket socket = listening.accept();
        run(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket plain) {
    try (plain) {
      plain.setTcpNoDelay(true);
      List<String> plainly = Stream.concat(offers.stream(), Stream.of("STARTTLS")).toList();
      if (converse(plain, new SinkSession(messages, plainly)) == SinkSession.Next.START_TLS) {
        SSLSocket secure =
            (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        secure.setUseClientMode(false);
        SinkSession inner = new SinkSession(messages, offers);
        inner.takeReplies();
        converse(secure, inner);
      }
    } catch (IOException e) {
      // The client went, which is its way of saying that it has had enough.
    }
  }

  private static SinkSession.Next converse(Socket socket, SinkSession session) throws IOException {
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    SinkSession.Next next = SinkSession.Next.READ;
    out.write(session.takeReplies());
    while (next == SinkSession.Next.READ) {
      int count = in.read(session.input(), session.end(), session.room());
      if (count < 0) {
        return SinkSession.Next.CLOSE;
      }
      next = session.consume(count);
      byte[] replies = session.takeReplies();
      if (replies.length > 0) {
        out.write(replies);
      }
    }
    return next;
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
