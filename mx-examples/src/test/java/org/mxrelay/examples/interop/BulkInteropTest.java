package org.mxrelay.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.examples.interop.Bulk.Names;
import org.mxrelay.examples.interop.Bulk.Way;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.client.SmtpTransport.Chunking;
import org.mxrelay.smtp.jakarta.AngusTransport;
import org.mxrelay.smtp.transport.Transport;
import org.mxrelay.testkit.TestCertificate;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsDemand.Level;

/** What real servers store is what was sent, to the byte, whatever the session was like. */
@Tag("ci")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BulkInteropTest {

  private static final String NAME = "mx1.example.test";
  private static final Set<String> ALL_PROTOCOLS = Set.of("", "TLSv1.2", "TLSv1.3");

  @TempDir Path folder;
  @TempDir Path secrets;

  private final long seed = Long.getLong("mx.seed", System.nanoTime());
  private final List<Transport> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Transport::close);
  }

  @Test
  void postfix_storesTheSentBytes() throws Exception {
    int port = Ports.free();
    PeerCertificate certificate = PeerCertificate.make(secrets, NAME);
    try (PostfixServer postfix =
        PostfixServer.startTls(folder, NAME, "example.test", port, certificate)) {
      Bulk bulk = send(port, certificate.trusting("TLSv1.2"), certificate.trusting("TLSv1.3"));
      assertTrue(bulk.extensions().containsAll(Set.of("PIPELINING", "CHUNKING", "SMTPUTF8")));
      bulk.assertSame(postfix.awaitMessages(Bulk.COUNT));
    }
  }

  @Test
  void exim_storesTheSentBytes() throws Exception {
    int port = Ports.free();
    PeerCertificate certificate = PeerCertificate.make(secrets, NAME);
    try (EximServer exim = EximServer.start(folder, NAME, port, certificate)) {
      Bulk bulk = send(port, certificate.trusting("TLSv1.2"), certificate.trusting("TLSv1.3"));
      assertTrue(bulk.extensions().containsAll(Set.of("PIPELINING", "CHUNKING", "SMTPUTF8")));
      bulk.assertSame(exim.awaitMessages(Bulk.COUNT));
    }
  }

  @Test
  void subetha_keepsTheSentBytes() throws Exception {
    int port = Ports.free();
    TestCertificate certificate = TestCertificate.of(NAME);
    try (SubethaServer subetha = SubethaServer.start(NAME, port, certificate)) {
      Bulk bulk =
          send(
              port,
              PeerCertificate.trusting(certificate.x509(), "TLSv1.2"),
              PeerCertificate.trusting(certificate.x509(), "TLSv1.3"));
      bulk.assertSame(subetha.messages());
    }
  }

  @Test
  void opensmtpd_storesTheSentBytes() throws Exception {
    int port = Ports.free();
    try (OpensmtpdServer opensmtpd = OpensmtpdServer.start(folder, NAME, "example.test", port)) {
      Bulk bulk = new Bulk(NAME, port, seed, Names.ASCII);
      SSLContext trusted = SSLContext.getDefault();
      TlsDemand none = TlsDemand.byOption(Level.NONE);
      Transport angus = keep(AngusTransport.builder().helo("sender.test").build());
      sendBy(
          bulk,
          List.of(
              new Way(smtp(trusted, Chunking.WHERE_OFFERED), none, ""),
              new Way(angus, none, ""),
              new Way(smtp(trusted, Chunking.NEVER), none, "")));
      // It takes one command at a time, and knows neither chunks nor SMTPUTF8.
      assertEquals(
          Set.of("8BITMIME", "ENHANCEDSTATUSCODES", "SIZE", "DSN", "HELP"), bulk.extensions());
      bulk.assertSame(opensmtpd.awaitMessages(Bulk.COUNT));
    }
  }

  private Bulk send(int port, SSLContext tls12, SSLContext tls13) throws Exception {
    Bulk bulk = new Bulk(NAME, port, seed, Names.UTF8_TOO);
    TlsDemand verified = TlsDemand.byOption(Level.VERIFIED);
    TlsDemand none = TlsDemand.byOption(Level.NONE);
    Transport angus = keep(AngusTransport.builder().helo("sender.test").trust(tls13).build());
    sendBy(
        bulk,
        List.of(
            new Way(smtp(tls13, Chunking.WHERE_OFFERED), none, ""),
            new Way(smtp(tls12, Chunking.WHERE_OFFERED), verified, "TLSv1.2"),
            new Way(smtp(tls13, Chunking.WHERE_OFFERED), verified, "TLSv1.3"),
            new Way(smtp(tls13, Chunking.NEVER), verified, "TLSv1.3"),
            new Way(angus, verified, "TLSv1.3"),
            new Way(smtp(tls13, Chunking.NEVER), none, ""),
            new Way(angus, none, "")));
    assertEquals(ALL_PROTOCOLS, bulk.protocols());
    return bulk;
  }

  private void sendBy(Bulk bulk, List<Way> ways) throws Exception {
    try {
      bulk.send(ways);
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private Transport smtp(SSLContext trusted, Chunking chunking) {
    return keep(
        SmtpTransport.builder().helo("sender.test").trust(trusted).chunking(chunking).build());
  }

  private Transport keep(Transport transport) {
    opened.add(transport);
    return transport;
  }
}
