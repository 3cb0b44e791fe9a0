package org.mxrelay.examples.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.mxrelay.testkit.Peers;

/**
 * An SMTP server whose TLS is that of {@code openssl s_server}: in front of it, what comes before
 * STARTTLS is answered here, and what it decrypts too.
 */
final class OpensslPeer implements AutoCloseable {

  private final Process openssl;
  private final InetSocketAddress behind;
  private final ServerSocket front;
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

  private OpensslPeer(Process openssl, InetSocketAddress behind, ServerSocket front) {
    this.openssl = openssl;
    this.behind = behind;
    this.front = front;
  }

  /**
   * @param options of {@code openssl s_server}
   */
  static OpensslPeer start(PeerCertificate certificate, List<String> options) throws IOException {
    InetSocketAddress behind = new InetSocketAddress("127.0.0.1", Ports.free());
    List<String> command = new ArrayList<>();
    command.add(Peers.need("openssl", "openssl").toString());
    command.addAll(List.of("s_server", "-quiet", "-accept", "127.0.0.1:" + behind.getPort()));
    command.addAll(List.of("-cert", certificate.certificate().toString()));
    command.addAll(List.of("-key", certificate.key().toString()));
    command.addAll(options);
    Path log = certificate.key().resolveSibling("s_server.log");
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    OpensslPeer peer =
        new OpensslPeer(process, behind, new ServerSocket(0, 16, InetAddress.getLoopbackAddress()));
    daemon(peer::talkUnderTls);
    daemon(peer::accept);
    return peer;
  }

  int port() {
    return front.getLocalPort();
  }

  /** The next message that came, without its final dot. */
  String awaitMessage() throws InterruptedException {
    String message = messages.poll(30, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("no message came");
    }
    return message;
  }

  private void accept() {
    try {
      while (!front.isClosed()) {
        Socket client = front.accept();
        client.setTcpNoDelay(true);
        daemon(() -> talkInTheClear(client));
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  private void talkInTheClear(Socket client) {
    try {
      say(client.getOutputStream(), "220 openssl");
      for (String line = line(client); !line.isEmpty(); line = line(client)) {
        if (line.startsWith("STARTTLS")) {
          Socket server = connect();
          say(client.getOutputStream(), "220 go ahead");
          daemon(() -> pump(client, server));
          pump(server, client);
          return;
        }
        say(
            client.getOutputStream(),
            line.startsWith("EHLO") ? "250-openssl\r\n250 STARTTLS" : "530 STARTTLS first");
      }
    } catch (IOException gone) {
      // The client tells of it.
    }
  }

  private Socket connect() throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (true) {
      try {
        Socket socket = new Socket(behind.getAddress(), behind.getPort());
        socket.setTcpNoDelay(true);
        return socket;
      } catch (IOException notYet) {
        if (System.nanoTime() > end || !openssl.isAlive()) {
          throw notYet;
        }
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  private static void pump(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // One side went; now the other one does.
    }
  }

  private void talkUnderTls() {
    try (BufferedReader in =
            new BufferedReader(
                new InputStreamReader(openssl.getInputStream(), StandardCharsets.ISO_8859_1));
        OutputStream out = openssl.getOutputStream()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("EHLO")) {
          say(out, "250-openssl\r\n250 PIPELINING");
        } else if (line.startsWith("DATA")) {
          say(out, "354 go on");
          messages.add(body(in));
          say(out, "250 2.0.0 taken");
        } else if (!line.startsWith("QUIT")) {
          say(out, "250 2.0.0 ok");
        }
      }
    } catch (IOException gone) {
      // The process ended.
    }
  }

  private static String body(BufferedReader in) throws IOException {
    StringBuilder body = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      body.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
    }
    return body.toString();
  }

  private static void say(OutputStream out, String reply) throws IOException {
    out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String line(Socket from) throws IOException {
    InputStream in = from.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.append((char) b);
    }
    return line.toString();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "openssl-peer");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    front.close();
    openssl.destroyForcibly().onExit().join();
  }
}
