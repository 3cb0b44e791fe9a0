package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedSmtpServerTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void pipelinedTransaction_isTakenWithItsParametersAndExactBytes() throws Exception {
    try (Client client = new Client(server)) {
      client.say("EHLO me.example", "MAIL FROM:<a@x.example> SIZE=9", "RCPT TO:<\"b>\"@y.example>");
      client.say("DATA", "..dot", "", ".", "QUIT");
      assertEquals("221 2.0.0 Bye", client.last());
    }
    ReceivedMessage message = server.awaitMessages(1, SOON).get(0);
    assertEquals("a@x.example", message.reversePath());
    assertEquals("SIZE=9", message.mailParameters());
    assertEquals(List.of("\"b>\"@y.example"), message.addresses());
    assertEquals(".dot\r\n\r\n", message.text());
    assertTrue(server.sessions().get(0).awaitEnd(SOON));
    assertTrue(server.sessions().get(0).receivedText().startsWith("EHLO me.example\r\nMAIL"));
  }

  @Test
  void lastChunk_isTakenByteForByte() throws Exception {
    server.offer("CHUNKING");
    try (Client client = new Client(server)) {
      client.say("EHLO me.example", "MAIL FROM:<>", "RCPT TO:<b@y.example>");
      client.raw("BDAT 3\r\n.\r\nBDAT 2 LAST\r\n.x");
      client.say("QUIT");
      assertEquals("221 2.0.0 Bye", client.last());
    }
    assertArrayEquals(
        ".\r\n.x".getBytes(StandardCharsets.US_ASCII), server.awaitMessages(1, SOON).get(0).data());
  }

  @Test
  void greylist_refusesATupleOnce() throws Exception {
    server.on(Step.RCPT, Behaviour.greylist());
    try (Client client = new Client(server)) {
      client.say("EHLO me.example", "MAIL FROM:<a@x.example>", "RCPT TO:<b@y.example>", "NOOP");
      client.say("RCPT TO:<b@y.example>", "QUIT");
      List<String> replies = client.replies();
      assertTrue(replies.get(replies.size() - 4).startsWith("450 4.7.1"), replies.toString());
      assertTrue(replies.get(replies.size() - 2).startsWith("250"), replies.toString());
    }
  }

  @Test
  void startTls_showsACertificateThatTheTrustingContextAccepts() throws Exception {
    server.offer("STARTTLS");
    try (Client client = new Client(server)) {
      client.say("EHLO me.example", "STARTTLS");
      while (!client.line().startsWith("220 2.0.0")) {}
      SSLSocket tls =
          (SSLSocket)
              server
                  .certificate()
                  .trustingContext()
                  .getSocketFactory()
                  .createSocket(client.socket, server.name(), 25, true);
      tls.startHandshake();
      assertEquals("CN=mx.test.example", tls.getSession().getPeerPrincipal().getName());
    }
  }

  @Test
  void stoppedServer_refusesAndComesBackAtTheSamePort() throws Exception {
    server.stop();
    assertThrows(ConnectException.class, () -> new Client(server).close());
    server.restart();
    try (Client client = new Client(server)) {
      assertEquals("220 mx.test.example ESMTP", client.line());
    }
  }

  @Test
  void behavioursInTurn_theLastOneStays() throws Exception {
    server.on(Step.GREETING, Behaviour.reply("421 full"), Behaviour.normal());
    for (String expected : List.of("421", "220", "220")) {
      try (Client client = new Client(server)) {
        assertTrue(client.line().startsWith(expected));
      }
    }
  }

  private static final class Client implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    Client(ScriptedSmtpServer server) throws IOException {
      socket = new Socket(server.address().getAddress(), server.port());
      socket.setSoTimeout(10_000);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    void say(String... lines) throws IOException {
      raw(String.join("\r\n", lines) + "\r\n");
    }

    void raw(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    String line() throws IOException {
      return String.valueOf(in.readLine());
    }

    List<String> replies() {
      return in.lines().toList();
    }

    String last() {
      List<String> all = replies();
      return all.get(all.size() - 1);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
