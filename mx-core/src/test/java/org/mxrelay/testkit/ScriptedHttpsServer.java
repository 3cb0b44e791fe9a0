package org.mxrelay.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;

/**
 * An HTTPS server on 127.0.0.1 that says what it is told, byte by byte if need be: a host that
 * publishes an MTA-STS policy, or one that does it wrong.
 *
 * <pre>{@code
 * try (ScriptedHttpsServer https = ScriptedHttpsServer.start(TestCertificate.of("mta-sts.example.org"))) {
 *   https.serve("version: STSv1\nmode: enforce\nmx: mx.example.org\nmax_age: 86400\n");
 *   ... https.port() ... https.requests() ...
 * }
 * }</pre>
 *
 * <p>Safe for use by several threads. Its threads are daemons and end with {@link #close}.
 */
public final class ScriptedHttpsServer implements AutoCloseable {

  /** Sends a response; the connection ends with it. */
  @FunctionalInterface
  private interface Script {
    void play(OutputStream out) throws IOException, InterruptedException;
  }

  private final SSLServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<List<String>> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Script script = out -> out.write(response("404 Not Found", "", ""));

  private ScriptedHttpsServer(SSLServerSocket listening) {
    this.listening = listening;
    daemon(this::accept);
  }

  /**
   * Starts a server on a free port that shows this certificate; until told otherwise it has 404.
   */
  public static ScriptedHttpsServer start(TestCertificate certificate) {
    try {
      SSLServerSocket socket =
          (SSLServerSocket)
              certificate.serverContext().getServerSocketFactory().createServerSocket();
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
      return new ScriptedHttpsServer(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers from now on with 200 and this text as {@code text/plain}. */
  public ScriptedHttpsServer serve(String text) {
    return answer(
        new String(
            response("200 OK", "Content-Type: text/plain\r\n", text), StandardCharsets.ISO_8859_1));
  }

  /** Answers from now on with exactly these octets (ISO 8859-1), head and all. */
  public ScriptedHttpsServer answer(String octets) {
    script = out -> out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Answers from now on with this, and repeats the second text for as long as somebody listens. */
  public ScriptedHttpsServer flood(String first, String again) {
    script =
        out -> {
          out.write(first.getBytes(StandardCharsets.ISO_8859_1));
          while (closed.getCount() > 0) {
            out.write(again.getBytes(StandardCharsets.ISO_8859_1));
          }
        };
    return this;
  }

  /** Answers from now on with these octets, one each so many milliseconds. */
  public ScriptedHttpsServer drip(String octets, long millis) {
    script =
        out -> {
          for (byte octet : octets.getBytes(StandardCharsets.ISO_8859_1)) {
            out.write(octet);
            out.flush();
            if (closed.await(millis, TimeUnit.MILLISECONDS)) {
              return;
            }
          }
        };
    return this;
  }

  /** The port it listens to. */
  public int port() {
    return listening.getLocalPort();
  }

  /** The lines of each request that came over a handshake that succeeded, in order. */
  public List<List<String>> requests() {
    return List.copyOf(requests);
  }

  /** Stops listening, and ends all connections. Closing twice is harmless. */
  @Override
  public void close() {
    closed.countDown();
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (closed.getCount() > 0) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        daemon(() -> converse(socket));
      } catch (IOException closedOrGone) {
        // A client that went away before it was accepted is no reason to stop.
      }
    }
  }

  private void converse(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      List<String> lines = new ArrayList<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        lines.add(line);
      }
      if (!lines.isEmpty()) {
        requests.add(lines);
        script.play(socket.getOutputStream());
        socket.getOutputStream().flush();
      }
    } catch (IOException unloved) {
      // The client did not like us, which the test will see at the client.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private static byte[] response(String status, String fields, String text) {
    String head = "HTTP/1.1 " + status + "\r\n" + fields + "Content-Length: ";
    return (head + text.length() + "\r\n\r\n" + text).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "scripted-https");
    thread.setDaemon(true);
    thread.start();
  }
}
