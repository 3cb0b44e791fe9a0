package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.examples.relay.Dialogue;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.testkit.ScriptedDnsServer;
import org.mxrelay.testkit.TestCertificate;

/** The options that say how the primary is spoken to hold while a client waits, too. */
class RelayOptionsTest {

  private static final String LETTER = "Subject: x\r\n\r\n";

  private final ScriptedSmtpServer primary = ScriptedSmtpServer.start().named("mx1.example.org");
  private final ScriptedDnsServer dns =
      ScriptedDnsServer.start("mx1.example.org.  A   127.0.0.1\n");

  @TempDir Path folder;

  @AfterEach
  void close() {
    primary.close();
    dns.close();
  }

  private RunningRelay relay(String host, int port, String... more) {
    List<String> all = new ArrayList<>(List.of("relay", "--json", "--listen", "127.0.0.1:0"));
    all.addAll(List.of("--status", "127.0.0.1:0", "--queue", "memory:", "--domain", "example.org"));
    all.addAll(List.of("--self", "mx2.example.org", "--primary", host + ":" + port));
    all.addAll(List.of("--dns", "127.0.0.1:" + dns.address().getPort()));
    all.addAll(List.of(more));
    return RunningRelay.start(all.toArray(String[]::new));
  }

  private Path certificate() throws Exception {
    String base64 = Base64.getMimeEncoder().encodeToString(encoded(primary.certificate()));
    return Files.writeString(
        folder.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
  }

  private static byte[] encoded(TestCertificate certificate) throws CertificateEncodingException {
    return certificate.x509().getEncoded();
  }

  @Test
  void tlsRequired_isNotMetByAPrimaryWithoutStarttls() throws Exception {
    try (RunningRelay relay = relay("mx1.example.org", primary.port(), "--tls", "required");
        Dialogue client = Dialogue.greeted(relay.address())) {
      assertTrue(client.mail("ann@example.org", LETTER).startsWith("450 "));
      assertEquals(List.of(), primary.messages());
    }
  }

  @Test
  void tlsRequired_isMetByACertificateOfATrustedAuthority() throws Exception {
    primary.offer("STARTTLS");
    String ca = certificate().toString();
    try (RunningRelay relay =
            relay("mx1.example.org", primary.port(), "--tls", "required", "--trust", ca);
        Dialogue client = Dialogue.greeted(relay.address())) {
      assertTrue(client.mail("ann@example.org", LETTER).startsWith("250 "));
      assertEquals(1, primary.awaitMessages(1, Duration.ofSeconds(30)).size());
    }
  }

  @Test
  void tlsRequired_isNotMetByACertificateOfAStranger() throws Exception {
    primary.offer("STARTTLS");
    try (RunningRelay relay = relay("mx1.example.org", primary.port(), "--tls", "required");
        Dialogue client = Dialogue.greeted(relay.address())) {
      assertTrue(client.mail("ann@example.org", LETTER).startsWith("450 "));
      assertEquals(List.of(), primary.messages());
    }
  }

  @Test
  void sourceAddress_isWhereSessionsComeFrom() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        RunningRelay relay =
            relay("127.0.0.1", listening.getLocalPort(), "--source-address", "127.0.0.9")) {
      listening.setSoTimeout(30_000);
      try (Socket accepted = listening.accept()) {
        assertEquals("127.0.0.9", accepted.getInetAddress().getHostAddress(), relay::said);
      }
    }
  }

  @Test
  void socksProxy_isTheOnlyWayToThePrimary() throws Exception {
    try (RunningRelay relay = relay("127.0.0.1", primary.port(), "--socks5", "127.0.0.1:1");
        Dialogue client = Dialogue.greeted(relay.address())) {
      assertTrue(client.mail("ann@example.org", LETTER).startsWith("450 "));
      assertEquals(List.of(), primary.sessions());
    }
  }

  @Test
  void dnssec_isTheResolversAffair() throws Exception {
    try (RunningRelay relay =
            relay("mx1.example.org", primary.port(), "--dnssec", "off", "--serve-stale", "1h");
        Dialogue client = Dialogue.greeted(relay.address())) {
      assertTrue(client.mail("ann@example.org", LETTER).startsWith("250 "));
    }
  }
}
