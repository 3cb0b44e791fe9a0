package org.mxrelay.examples.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.mxrelay.smtp.backup.BackupStatus;
import org.mxrelay.smtp.queue.QueueException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how a backup is: {@code /} is a page, {@code /status.json} the record behind it, {@code
 * /health} answers 200, or 503 where the backup itself needs help. Read-only, and without any
 * access control: it belongs on a loopback address.
 *
 * <p>Safe for use by several threads.
 */
public final class StatusServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(StatusServer.class);

  private final HttpServer server;
  private final ExecutorService threads;
  private final Supplier<BackupStatus> backup;
  private final StatusJson json;
  private final StatusPage page = StatusPage.load();

  private StatusServer(HttpServer server, Supplier<BackupStatus> backup, StatusJson json) {
    this.server = server;
    this.backup = backup;
    this.json = json;
    this.threads =
        Executors.newFixedThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "mx-status");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::serve);
  }

  /**
   * Starts to serve.
   *
   * @param at where; port 0 is any free one
   * @param name what the gateway calls itself
   * @param domains for which it is the backup
   * @param backup how it is now
   * @throws IOException if the address cannot be listened on
   */
  public static StatusServer start(
      InetSocketAddress at,
      String name,
      List<String> domains,
      Supplier<BackupStatus> backup,
      Counts counts)
      throws IOException {
    StatusServer status =
        new StatusServer(HttpServer.create(at, 0), backup, new StatusJson(name, domains, counts));
    status.server.start();
    return status;
  }

  /** Where it serves. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try {
      answer(exchange);
    } catch (RuntimeException e) {
      failed(exchange, e);
    } finally {
      exchange.close();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      send(exchange, 405, "text/plain", "GET only\n");
      return;
    }
    switch (exchange.getRequestURI().getPath()) {
      case "/" -> page(exchange);
      case "/status.json" -> send(exchange, 200, "application/json", json.of(backup.get()));
      case "/health" -> health(exchange);
      default -> send(exchange, 404, "text/plain", "There are /, /status.json and /health\n");
    }
  }

  private void page(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Security-Policy", page.policy());
    send(exchange, 200, "text/html", page.showing(json.of(backup.get())));
  }

  private void health(HttpExchange exchange) throws IOException {
    BackupStatus status = backup.get();
    send(exchange, status.isHealthy() ? 200 : 503, "application/json", json.of(status));
  }

  /** A queue that does not answer is no good health. */
  private static void failed(HttpExchange exchange, RuntimeException e) throws IOException {
    if (!(e instanceof QueueException)) {
      log.error("the status cannot be told", e);
    }
    if (exchange.getResponseCode() == -1) {
      send(exchange, 503, "text/plain", "The status cannot be told now: see the log\n");
    }
  }

  private static void send(HttpExchange exchange, int code, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(UTF_8);
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type + "; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    boolean bodiless = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(code, bodiless ? -1 : body.length);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
  }
}
