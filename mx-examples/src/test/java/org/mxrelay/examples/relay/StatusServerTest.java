package org.mxrelay.examples.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.smtp.backup.BackupStatus;
import org.mxrelay.smtp.queue.QueueException;

class StatusServerTest {

  private final HttpClient browser = HttpClient.newHttpClient();

  @Test
  void record_tellsPrimaryBacklogAndAlarms() throws Exception {
    try (StatusServer server = serving(Sights::stalled)) {
      JsonObject record = new Gson().fromJson(get(server, "/status.json").body(), JsonObject.class);
      JsonObject primary = record.getAsJsonObject("primary");
      assertEquals("up", primary.get("state").getAsString());
      assertEquals("2026-03-01T10:20:00Z", primary.get("since").getAsString());
      JsonObject backlog = record.getAsJsonObject("backlog");
      assertEquals(17, backlog.get("messages").getAsInt());
      assertEquals(108_000, backlog.get("oldestSeconds").getAsInt());
      JsonObject alarm = record.getAsJsonArray("alarms").get(0).getAsJsonObject();
      assertEquals("stalled", alarm.get("kind").getAsString());
      assertEquals("example.org", record.getAsJsonArray("domains").get(0).getAsString());
    }
  }

  @Test
  void emptyBacklog_isOfNoAge() throws Exception {
    try (StatusServer server = serving(Sights::up)) {
      JsonObject record = new Gson().fromJson(get(server, "/status.json").body(), JsonObject.class);
      assertEquals(0, record.getAsJsonObject("backlog").get("oldestSeconds").getAsInt());
    }
  }

  @Test
  void health_isTheBackupsOwn() throws Exception {
    try (StatusServer server = serving(Sights::down)) {
      assertEquals(200, get(server, "/health").statusCode());
    }
    try (StatusServer server = serving(Sights::stalled)) {
      assertEquals(503, get(server, "/health").statusCode());
    }
  }

  @Test
  void queueThatFails_isNoGoodHealth() throws Exception {
    Supplier<BackupStatus> failing =
        () -> {
          throw new QueueException("the disk is gone");
        };
    try (StatusServer server = serving(failing)) {
      assertEquals(503, get(server, "/health").statusCode());
      assertEquals(503, get(server, "/").statusCode());
      assertFalse(get(server, "/").body().contains("disk"));
    }
  }

  @Test
  void page_letsNoWordsBecomeMarkup() throws Exception {
    try (StatusServer server = serving(Sights::stalled)) {
      HttpResponse<String> page = get(server, "/");
      assertEquals(200, page.statusCode());
      assertFalse(page.body().contains("</script><script>document"), "a script of a stranger's");
      String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
      assertTrue(policy.contains("default-src 'none'"), policy);
      assertTrue(policy.contains("script-src 'sha256-"), policy);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/favicon.ico,404",
    "GET,/../etc/passwd,404",
    "POST,/,405",
    "DELETE,/status.json,405"
  })
  void otherRequests_areRefused(String method, String path, int code) throws Exception {
    try (StatusServer server = serving(Sights::up)) {
      HttpRequest request =
          HttpRequest.newBuilder(uri(server, path)).method(method, BodyPublishers.noBody()).build();
      assertEquals(code, browser.send(request, BodyHandlers.ofString()).statusCode());
    }
  }

  static StatusServer serving(Supplier<BackupStatus> status) throws IOException {
    return serving(status, new Counts());
  }

  static StatusServer serving(Supplier<BackupStatus> status, Counts counts) throws IOException {
    return StatusServer.start(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        "mx2.example.org",
        List.of("example.org"),
        status,
        counts);
  }

  static URI uri(StatusServer server, String path) {
    return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
  }

  private HttpResponse<String> get(StatusServer server, String path) throws Exception {
    return browser.send(HttpRequest.newBuilder(uri(server, path)).build(), BodyHandlers.ofString());
  }
}
