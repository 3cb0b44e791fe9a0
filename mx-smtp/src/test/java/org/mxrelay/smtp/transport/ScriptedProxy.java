package org.mxrelay.smtp.transport;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A proxy for one connection that says and reads what it is told, and then relays. */
final class ScriptedProxy implements Closeable {

  private interface Line {
    void play(Socket client, ByteArrayOutputStream heard) throws IOException;
  }

  private final ServerSocket listener;
  private final InetSocketAddress onwards;
  private final List<Line> script = new CopyOnWriteArrayList<>();
  private final CompletableFuture<byte[]> heard = new CompletableFuture<>();

  private ScriptedProxy(InetSocketAddress onwards) throws IOException {
    this.listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    this.onwards = onwards;
    daemon(this::serve);
  }

  static ScriptedProxy relaying(InetSocketAddress onwards) throws IOException {
    return new ScriptedProxy(onwards);
  }

  /** Reads as many octets as these, which are for the reader of the test. */
  ScriptedProxy reads(String hex) {
    return readsMore(hex.length() / 2);
  }

  ScriptedProxy readsMore(int count) {
    return add((client, all) -> all.writeBytes(client.getInputStream().readNBytes(count)));
  }

  ScriptedProxy readsLine() {
    return add(
        (client, all) -> {
          int b;
          do {
            b = client.getInputStream().read();
            all.write(b);
          } while (b != '\n' && b >= 0);
        });
  }

  ScriptedProxy says(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    return add((client, all) -> client.getOutputStream().write(bytes));
  }

  private ScriptedProxy add(Line line) {
    script.add(line);
    return this;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  /** What it read by its script, when that is through. */
  byte[] heardBytes() throws Exception {
    return heard.get(10, TimeUnit.SECONDS);
  }

  String heard() throws Exception {
    return HexFormat.of().formatHex(heardBytes());
  }

  private void serve() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Socket client = listener.accept()) {
      for (Line line : List.copyOf(script)) {
        line.play(client, all);
      }
      heard.complete(all.toByteArray());
      try (Socket server = new Socket(onwards.getAddress(), onwards.getPort())) {
        daemon(() -> copy(server, client));
        copy(client, server);
      }
    } catch (IOException broken) {
      heard.complete(all.toByteArray());
    }
  }

  private static void copy(Socket from, Socket to) {
    try (InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException broken) {
      // One of them went; the other notices.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "scripted-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
