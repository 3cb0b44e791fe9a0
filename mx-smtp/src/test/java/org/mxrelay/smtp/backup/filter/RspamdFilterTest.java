package org.mxrelay.smtp.backup.filter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.smtp.backup.FilterVerdict;
import org.mxrelay.smtp.backup.InboundMessage;
import org.mxrelay.smtp.message.Envelope;

class RspamdFilterTest {

  private static final String HAM = "From: a@x.test\nSubject: hi\n\nHello\n";
  private static final String PASS = "{\"action\":\"no action\"}";

  @Test
  void request_tellsEnvelopeClientAndMessage() throws Exception {
    InboundMessage message =
        Messages.of(
            Envelope.from("").to("ann@example.org", "ben@example.org"), "Subject: hi\n\nHello\n");
    try (OneShot<String> server = OneShot.start(s -> answer(s, ok(PASS)));
        RspamdFilter filter = filter(server).password("sesame").build()) {
      assertInstanceOf(FilterVerdict.Accept.class, filter.filter(message));
      List<String> head = server.found().lines().toList();
      assertEquals("POST /checkv2 HTTP/1.0", head.get(0));
      assertTrue(
          head.containsAll(
              List.of(
                  "IP: 192.0.2.7",
                  "Hostname: out.sender.example",
                  "Helo: helo.sender.example",
                  "From: <>",
                  "Rcpt: <ann@example.org>",
                  "Rcpt: <ben@example.org>",
                  "Password: sesame",
                  "Content-Length: 22")),
          head::toString);
      assertTrue(server.found().endsWith("\r\n\r\nSubject: hi\r\n\r\nHello\r\n"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 500 no\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"action\":\"no action\"}",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nnonsense",
        "HTTP/1.1 200 OK\r\n",
        "nonsense",
        ""
      })
  void noWholeAnswer_noVerdict(String answer) throws Exception {
    try (OneShot<String> server = OneShot.start(s -> answer(s, answer));
        RspamdFilter filter = filter(server).build()) {
      assertThrows(IOException.class, () -> filter.filter(Messages.of(HAM)));
    }
  }

  @Test
  void endlessAnswer_isCutOff() throws Exception {
    try (OneShot<String> server =
            OneShot.start(s -> answer(s, ok("\"" + "x".repeat(2 * 1024 * 1024))));
        RspamdFilter filter = filter(server).build()) {
      IOException e = assertThrows(IOException.class, () -> filter.filter(Messages.of(HAM)));
      assertTrue(e.getMessage().contains("more than"), e.getMessage());
    }
  }

  @Test
  void silence_endsAtTheDeadline() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (OneShot<String> server = OneShot.start(s -> silent(over));
        RspamdFilter filter = filter(server).timeout(Duration.ofMillis(200)).build()) {
      assertThrows(SocketTimeoutException.class, () -> filter.filter(Messages.of(HAM)));
    } finally {
      over.countDown();
    }
  }

  @Test
  void silenceWhereItMayPass_passes() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    try (OneShot<String> server = OneShot.start(s -> silent(over));
        RspamdFilter filter =
            filter(server)
                .timeout(Duration.ofMillis(200))
                .whenFails(WhenFilterFails.ACCEPT)
                .build()) {
      assertEquals(FilterVerdict.accept(), filter.filter(Messages.of(HAM)));
    } finally {
      over.countDown();
    }
  }

  @Test
  void interrupted_endsAtOnce() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (OneShot<String> server =
            OneShot.start(
                s -> {
                  asked.countDown();
                  return silent(over);
                });
        RspamdFilter filter = filter(server).build()) {
      Thread asking =
          new Thread(
              () ->
                  thrown.set(
                      assertThrows(
                          InterruptedException.class, () -> filter.filter(Messages.of(HAM)))));
      asking.start();
      asked.await();
      asking.interrupt();
      asking.join(10_000);
      assertInstanceOf(InterruptedException.class, thrown.get());
    } finally {
      over.countDown();
    }
  }

  @Test
  void nobodyListens_noVerdict() throws Exception {
    RspamdFilter filter;
    try (OneShot<String> server = OneShot.start(s -> "")) {
      filter = filter(server).build();
    }
    assertThrows(IOException.class, () -> filter.filter(Messages.of(HAM)));
    filter.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://h", "h:11333", "http://", "http://a@h/", "http://h/?q=1", "ftp://h"})
  void otherUrls_areRefused(String url) {
    assertThrows(
        IllegalArgumentException.class, () -> RspamdFilter.builder(URI.create(url)).build());
  }

  private static RspamdFilter.Builder filter(OneShot<String> server) {
    return RspamdFilter.builder(URI.create("http://127.0.0.1:" + server.address().getPort()));
  }

  private static String ok(String json) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + json.length() + "\r\n\r\n" + json;
  }

  /** Reads a request whole, answers, and gives the request. */
  private static String answer(Socket connection, String answer) throws IOException {
    String request = request(connection.getInputStream());
    connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
    return request;
  }

  private static String request(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.read());
    }
    int length =
        head.toString()
            .lines()
            .filter(l -> l.startsWith("Content-Length: "))
            .mapToInt(l -> Integer.parseInt(l.substring("Content-Length: ".length())))
            .findFirst()
            .orElseThrow();
    return head + new String(in.readNBytes(length), ISO_8859_1);
  }

  private static String silent(CountDownLatch over) {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "";
  }
}
