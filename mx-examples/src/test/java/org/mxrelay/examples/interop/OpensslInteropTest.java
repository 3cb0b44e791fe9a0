package org.mxrelay.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.LastByteGate;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.SessionFacts.TlsFacts;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsDemand.Level;

/** TLS as OpenSSL speaks it, in many a configuration. */
@Tag("interop")
class OpensslInteropTest {

  private static final String NAME = "mx1.example.test";
  private static final String LETTER = "Subject: tls\r\n\r\n.a dot\r\nand gr\u00fc\u00dfe\r\n";

  @TempDir static Path secrets;
  private static PeerCertificate certificate;

  @BeforeAll
  static void makeCertificate() throws Exception {
    certificate = PeerCertificate.make(secrets, NAME);
  }

  @ParameterizedTest
  @CsvSource({
    "-tls1_3 -ciphersuites TLS_AES_128_GCM_SHA256, TLSv1.3, TLS_AES_128_GCM_SHA256",
    "-tls1_3 -ciphersuites TLS_CHACHA20_POLY1305_SHA256, TLSv1.3, TLS_CHACHA20_POLY1305_SHA256",
    "-tls1_3 -groups P-521, TLSv1.3, TLS_AES_256_GCM_SHA384",
    "-tls1_3 -no_ticket, TLSv1.3, TLS_AES_256_GCM_SHA384",
    "-tls1_3 -verify 1, TLSv1.3, TLS_AES_256_GCM_SHA384",
    "-tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256, TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "-tls1_2 -cipher ECDHE-RSA-CHACHA20-POLY1305, TLSv1.2,"
        + " TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "-tls1_2 -cipher DHE-RSA-AES256-GCM-SHA384, TLSv1.2, TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
    "-tls1_2 -verify 1 -cipher ECDHE-RSA-AES256-GCM-SHA384, TLSv1.2,"
        + " TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
  })
  void configurationOfToday_isSpokenAndVerified(String options, String protocol, String cipher)
      throws Exception {
    try (OpensslPeer peer = OpensslPeer.start(certificate, List.of(options.split(" ")))) {
      AttemptResult result = attempt(peer, TlsDemand.byOption(Level.VERIFIED));
      assertInstanceOf(Answered.class, only(result), () -> "it was " + only(result));
      TlsFacts facts = result.session().tls().orElseThrow();
      assertEquals(protocol + " " + cipher, facts.protocol() + " " + facts.cipher());
      assertEquals(LETTER, peer.awaitMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-tls1_1 -cipher DEFAULT@SECLEVEL=0",
        "-tls1_2 -cipher NULL-SHA256@SECLEVEL=0",
        "-tls1_2 -cipher AECDH-AES128-SHA@SECLEVEL=0"
      })
  void configurationOfYesterday_isRefusedEvenWithoutAPolicy(String options) throws Exception {
    try (OpensslPeer peer = OpensslPeer.start(certificate, List.of(options.split(" ")))) {
      Broken broken = assertInstanceOf(Broken.class, only(attempt(peer, TlsDemand.OPPORTUNISTIC)));
      assertEquals(Stage.TLS, broken.stage());
    }
  }

  private static AttemptResult attempt(OpensslPeer peer, TlsDemand demand) throws Exception {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", peer.port());
    MessageSource message = MessageSource.of(LETTER.getBytes(StandardCharsets.ISO_8859_1));
    try (SmtpTransport transport =
        SmtpTransport.builder().helo("sender.test").trust(certificate.trusting("TLS")).build()) {
      return transport.attempt(
          new Transaction(
              new Route(NAME, 0, address, Route.Origin.STATIC),
              demand,
              Envelope.from("shop@sender.test").to("ann@example.test"),
              message,
              MessageFacts.of(message),
              LastByteGate.OPEN));
    }
  }

  private static RecipientResult only(AttemptResult result) {
    return result.results().values().iterator().next();
  }
}
