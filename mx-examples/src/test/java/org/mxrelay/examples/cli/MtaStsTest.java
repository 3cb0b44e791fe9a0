package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.testkit.ScriptedHttpsServer;
import org.mxrelay.testkit.TestCertificate;

class MtaStsTest {

  private static final TestCertificate CERTIFICATE = TestCertificate.of("mta-sts.example.org");

  @TempDir private Path folder;
  private final Net net = new Net();
  private final ScriptedHttpsServer https = ScriptedHttpsServer.start(CERTIFICATE);

  @BeforeEach
  void publish() throws Exception {
    net.dns.set(
        """
        example.org.           MX   10 mx.example.org.
        example.org.           MX   20 mx.stranger.example.
        mx.example.org.        A    127.0.0.1
        mx.stranger.example.   A    127.0.0.1
        _mta-sts.example.org.  TXT  "v=STSv1; id=1;"
        mta-sts.example.org.   A    127.0.0.1
        """);
    serve("*.example.org");
    Files.writeString(
        folder.resolve("trust.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(CERTIFICATE.x509().getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }

  private void serve(String mx) {
    https.serve("version: STSv1\nmode: enforce\nmx: " + mx + "\nmax_age: 86400\n");
  }

  @AfterEach
  void stop() {
    net.close();
    https.close();
  }

  private Shell.Ran mx(String... args) {
    String[] more = {
      "--trust", folder.resolve("trust.pem").toString(), "--mta-sts-port", "" + https.port()
    };
    String[] all = Stream.of(args, more).flatMap(Stream::of).toArray(String[]::new);
    return Shell.runWith("Subject: hello\r\n\r\nhello\r\n", net.args(all));
  }

  /** Each host with its TLS, such as {@code mx.example.org sts}. */
  private List<String> hosts(String... options) {
    List<String> args = new ArrayList<>(List.of("route", "example.org"));
    args.addAll(List.of(options));
    JsonObject line = mx(args.toArray(String[]::new)).json().get(0);
    List<String> hosts = new ArrayList<>();
    line.getAsJsonArray("hosts")
        .forEach(
            h ->
                hosts.add(
                    h.getAsJsonObject().get("name").getAsString()
                        + " "
                        + h.getAsJsonObject().get("tls").getAsString()));
    return hosts;
  }

  @Test
  void enforcedPolicy_showsStsAndLeavesStrangersOut() {
    assertEquals(List.of("mx.example.org sts"), hosts());
    assertEquals(List.of("mx.example.org sts"), hosts("--tls", "none"));
    assertEquals(List.of("mx.example.org sts"), hosts("--tls", "required"));
  }

  @Test
  void noMtaSts_turnsItOff() {
    assertEquals(
        List.of("mx.example.org opportunistic", "mx.stranger.example opportunistic"),
        hosts("--no-mta-sts"));
    assertEquals(List.of(), https.requests());
  }

  @Test
  void policyWithoutAnyMatch_isATemporaryError() {
    serve("mx.elsewhere.example");
    JsonObject line = mx("route", "example.org").json().get(0);
    assertEquals("temp_error", line.get("outcome").getAsString());
    assertEquals("4.7.5", line.get("status").getAsString());
    assertEquals(false, line.get("permanent").getAsBoolean());
  }

  @Test
  void explain_saysWhoWasLeftOut() {
    Shell.Ran ran = mx("route", "--explain", "example.org");
    assertTrue(ran.out().contains("matches no mx of the MTA-STS policy"), ran::toString);
    assertTrue(ran.out().contains("tls_policy"), ran::toString);
  }

  @Test
  void cacheFolder_keepsThePolicyBetweenRuns() throws IOException {
    String cache = folder.resolve("sts").toString();
    hosts("--mta-sts-cache", cache);
    https.answer("HTTP/1.1 503 Unavailable\r\n\r\n");
    net.dns.set(
        """
        example.org.           MX   10 mx.example.org.
        mx.example.org.        A    127.0.0.1
        """);
    assertEquals(List.of("mx.example.org sts"), hosts("--mta-sts-cache", cache));
    assertEquals(1, https.requests().size());
  }

  @Test
  void send_neverGoesInPlaintext() {
    Shell.Ran ran =
        mx(
            "send",
            "--from",
            "a@shop.example",
            "--to",
            "b@example.org",
            "--queue",
            "memory:",
            "--retry",
            "300ms",
            "--for",
            "2s");
    assertEquals(ExitCodes.STILL_QUEUED, ran.exit(), ran::toString);
    assertTrue(ran.events("deferred").size() > 0, ran::toString);
    assertEquals(List.of(), net.exchange.messages());
  }

  @Test
  void badPort_isAUsageError() {
    Shell.Ran ran = Shell.run("route", "--mta-sts-port", "0", "example.org");
    assertEquals(ExitCodes.USAGE, ran.exit(), ran::toString);
  }
}
