package org.mxrelay.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxrelay.testkit.ScriptedHttpsServer;
import org.mxrelay.testkit.TestCertificate;

/** What real handshakes fail of. */
class TlsFailureTest {

  private static final String NAME = "mx.example.org";
  private static final TestCertificate GOOD = TestCertificate.signedBy("authority.example", NAME);

  static Stream<Arguments> handshakes() {
    TestCertificate expired = TestCertificate.expired("authority.example", NAME);
    TestCertificate stranger = TestCertificate.signedBy("stranger.example", NAME);
    TestCertificate other = TestCertificate.signedBy("authority.example", "mx.example.net");
    return Stream.of(
        Arguments.of("none", GOOD),
        Arguments.of("certificate-expired", expired),
        Arguments.of("certificate-not-trusted", stranger),
        Arguments.of("certificate-not-trusted", TestCertificate.of(NAME)),
        Arguments.of("certificate-host-mismatch", other));
  }

  @ParameterizedTest
  @MethodSource("handshakes")
  void handshake_failsOf(String expected, TestCertificate shown) throws IOException {
    assertEquals(expected, shake(shown).map(TlsFailure::word).orElse("none"));
  }

  private static Optional<TlsFailure> shake(TestCertificate shown) throws IOException {
    SSLContext trusting = GOOD.trustingContext();
    try (ScriptedHttpsServer server = ScriptedHttpsServer.start(shown);
        SSLSocket socket =
            (SSLSocket) trusting.getSocketFactory().createSocket("127.0.0.1", server.port())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setServerNames(List.of(new SNIHostName(NAME)));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(TlsFailure.ofHandshake(e));
    }
  }

  @Test
  void anythingElse_isAValidationFailureAndLoopsEnd() {
    assertEquals(TlsFailure.VALIDATION_FAILURE, TlsFailure.ofHandshake(new IOException("reset")));
    IOException first = new IOException("one");
    first.initCause(new IOException("two", first));
    assertEquals(TlsFailure.VALIDATION_FAILURE, TlsFailure.ofHandshake(first));
  }

  @Test
  void words_areThoseOfTheRfc() {
    assertEquals(
        List.of(
            "starttls-not-supported",
            "certificate-host-mismatch",
            "certificate-expired",
            "certificate-not-trusted",
            "validation-failure",
            "tlsa-invalid",
            "dnssec-invalid",
            "dane-required",
            "sts-policy-fetch-error",
            "sts-policy-invalid",
            "sts-webpki-invalid"),
        Arrays.stream(TlsFailure.values()).map(TlsFailure::word).toList());
    assertThrows(IllegalArgumentException.class, () -> new TlsTally(0));
  }
}
