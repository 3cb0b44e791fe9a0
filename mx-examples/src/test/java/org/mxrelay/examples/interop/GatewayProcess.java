package org.mxrelay.examples.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.mxrelay.examples.relay.Dialogue;

/** {@code mx relay} in a JVM of its own, as the backup of {@code example.test}. */
final class GatewayProcess implements AutoCloseable {

  private static final Gson GSON = new Gson();

  private final MxProcess process;
  private final InetSocketAddress mail;
  private final String status;

  private GatewayProcess(MxProcess process) throws IOException {
    this.process = process;
    JsonObject listening = GSON.fromJson(process.awaitLine("\"listening\""), JsonObject.class);
    String[] address = listening.get("address").getAsString().split(":");
    this.mail = new InetSocketAddress(address[0], Integer.parseInt(address[1]));
    this.status = "http://" + listening.get("status").getAsString();
  }

  /** Starts one with its queue in that folder, and waits until it has seen the primary. */
  static GatewayProcess start(Path folder, int primary, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("relay", "--json"));
    arguments.addAll(List.of("--listen", "127.0.0.1:0", "--status", "127.0.0.1:0"));
    arguments.addAll(List.of("--domain", "example.test", "--primary", "127.0.0.1:" + primary));
    arguments.addAll(List.of("--self", "mx2.example.test", "--allow-private"));
    arguments.addAll(List.of("--queue", "sqlite:" + folder.resolve("mail.db")));
    arguments.addAll(List.of(more));
    MxProcess process = MxProcess.start(folder, arguments);
    try {
      return new GatewayProcess(process);
    } catch (IOException | RuntimeException | Error e) {
      process.close();
      throw e;
    }
  }

  InetSocketAddress mail() {
    return mail;
  }

  String page() {
    return status + "/";
  }

  /** A client that has said EHLO. */
  Dialogue client() throws IOException {
    return Dialogue.greeted(mail);
  }

  /** The record behind the page. */
  JsonObject status() throws IOException {
    try (InputStream in = URI.create(status + "/status.json").toURL().openStream()) {
      return GSON.fromJson(new String(in.readAllBytes(), UTF_8), JsonObject.class);
    }
  }

  /** The code of the health answer. */
  int health() throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(status + "/health").toURL().openConnection();
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  /** Waits until the record is as it should be. */
  JsonObject awaitStatus(Predicate<JsonObject> asItShould) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    JsonObject now = status();
    while (!asItShould.test(now)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("still " + now + "\n" + process.said());
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      now = status();
    }
    return now;
  }

  /** Waits until it sees the primary so. */
  void awaitPrimary(String state) throws IOException {
    awaitStatus(s -> state(s).equals(state));
  }

  /** Waits until so many messages wait. */
  void awaitBacklog(int messages) throws IOException {
    awaitStatus(s -> backlog(s) == messages);
  }

  static String state(JsonObject status) {
    return status.getAsJsonObject("primary").get("state").getAsString();
  }

  static int backlog(JsonObject status) {
    return status.getAsJsonObject("backlog").get("messages").getAsInt();
  }

  /** The events of that name so far. */
  List<JsonObject> events(String name) throws IOException {
    return process.lines().stream()
        .map(line -> GSON.fromJson(line, JsonObject.class))
        .filter(e -> e.get("event").getAsString().equals(name))
        .toList();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.kill();
  }

  /** SIGTERM, and how it ended. */
  int stop() throws InterruptedException {
    return process.stop();
  }

  String said() throws IOException {
    return process.said();
  }

  @Override
  public void close() {
    process.close();
  }
}
