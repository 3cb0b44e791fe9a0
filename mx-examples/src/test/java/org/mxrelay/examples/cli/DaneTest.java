package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.testkit.Fault;

class DaneTest {

  private final Net net = new Net();

  @BeforeEach
  void sign() throws Exception {
    byte[] key = net.exchange.certificate().x509().getPublicKey().getEncoded();
    net.exchange.offer("STARTTLS");
    net.dns.set(
        """
        example.org.               MX    10 mx.example.org.
        mx.example.org.            A     127.0.0.1
        _PORT._tcp.mx.example.org. TLSA  3 1 0 KEY
        """
            .replace("PORT", String.valueOf(net.exchange.port()))
            .replace("KEY", HexFormat.of().formatHex(key)));
    net.dns.fault("*", "*", Fault.authenticated());
  }

  @AfterEach
  void stop() {
    net.close();
  }

  private Shell.Ran mx(String... args) {
    return Shell.runWith("Subject: hello\r\n\r\nhello\r\n", net.args(args));
  }

  private String tls(String... options) {
    List<String> args = new ArrayList<>(List.of("route", "example.org"));
    args.addAll(List.of(options));
    JsonObject line = mx(args.toArray(String[]::new)).json().get(0);
    JsonObject host = line.getAsJsonArray("hosts").get(0).getAsJsonObject();
    return host.get("tls").getAsString();
  }

  @Test
  void route_showsDane() {
    assertEquals("dane", tls());
    assertEquals("dane", tls("--tls", "required"));
    assertEquals("dane", tls("--dnssec", "all"));
  }

  @Test
  void route_withoutDane_showsTheFloor() {
    assertEquals("opportunistic", tls("--no-dane"));
    assertEquals("opportunistic", tls("--dnssec", "off"));
    assertEquals("required", tls("--no-dane", "--tls", "required"));
  }

  @Test
  void explain_saysWhyAndWhyNot() {
    Shell.Ran dane = mx("route", "--explain", "example.org");
    assertTrue(dane.out().contains("DANE: verified by TLSA 3 1 0 3059"), dane::toString);
    Shell.Ran none = mx("route", "--explain", "--dnssec", "off", "example.org");
    assertTrue(
        none.out().contains("no DANE: its addresses are not authenticated by DNSSEC"),
        none::toString);
  }

  @Test
  void failedLookup_isATemporaryError() {
    net.dns.fault("_" + net.exchange.port() + "._tcp.mx.example.org", "TLSA", Fault.refused());
    JsonObject line = mx("route", "example.org").json().get(0);
    assertEquals("temp_error", line.get("outcome").getAsString());
    assertEquals("4.7.5", line.get("status").getAsString());
  }

  @Test
  void send_tellsWhatVerifiedTheExchange() {
    Shell.Ran ran =
        mx("send", "--from", "a@shop.example", "--to", "b@example.org", "--queue", "memory:");
    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    JsonObject attempt = ran.events("attempt").get(0);
    assertEquals("dane", attempt.get("certificate").getAsString());
    assertTrue(attempt.get("tls").getAsString().startsWith("TLSv1."), ran::toString);
  }
}
