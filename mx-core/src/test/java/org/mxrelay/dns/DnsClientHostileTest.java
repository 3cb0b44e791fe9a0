package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.address.Domain;
import org.mxrelay.testkit.Fault;
import org.mxrelay.testkit.ScriptedDnsServer;

class DnsClientHostileTest {

  private static final Domain EXAMPLE = new Domain("example.org");
  private static final String ZONE =
      """
      example.org. 300 MX 10 mx.example.org.
      example.org. 300 A  192.0.2.1
      """;

  /** Where the MX record's data begin: header, question, compressed owner, type to length. */
  private static final int RDATA = 12 + ("example.org".length() + 2 + 4) + 2 + 10;

  private final ScriptedDnsServer server = ScriptedDnsServer.start(ZONE);
  private final DnsClient client = Clients.of(server).tries(1).build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void foreignRecords_areIgnored() throws InterruptedException {
    server.fault("*", "*", Fault.foreignRecords());
    assertEquals("10 mx.example.org", Clients.line(client.exchanges(EXAMPLE)));
    assertEquals("192.0.2.1", Clients.line(client.addresses(EXAMPLE)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void shortMxData_areABrokenAnswer(int length) throws InterruptedException {
    server.fault("*", "*", Fault.mangle(wire -> cutData(wire, length)));
    assertInstanceOf(MxAnswer.Unresolved.class, client.exchanges(EXAMPLE));
  }

  /**
   * RFC 2181, 8 knows no such time, and dnsjava throws something of its own at one without data.
   */
  @Test
  void hugeTimeToLiveWithoutData_isABrokenAnswer() throws InterruptedException {
    server.fault(
        "*",
        "*",
        Fault.mangle(
            wire -> {
              byte[] changed = cutData(wire, 0);
              changed[RDATA - 6] = (byte) 0xFF;
              return changed;
            }));
    MxAnswer answer = client.exchanges(EXAMPLE);
    String why = assertInstanceOf(MxAnswer.Unresolved.class, answer).why();
    assertEquals(server.address().toString().substring(1) + " broken or forged answer", why);
  }

  private static byte[] cutData(byte[] wire, int length) {
    byte[] cut = Arrays.copyOf(wire, RDATA + length);
    cut[RDATA - 1] = (byte) length;
    cut[11] = 0; // no OPT record any more
    return cut;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a pointer to itself", "a pointer forward", "a label of 64", "no end of name"})
  void brokenExchangeName_isABrokenAnswer(String what) throws InterruptedException {
    byte[] name =
        switch (what) {
          case "a pointer to itself" -> new byte[] {(byte) 0xC0, (byte) (RDATA + 2)};
          case "a pointer forward" -> new byte[] {(byte) 0xC0, (byte) (RDATA + 4)};
          case "a label of 64" -> new byte[] {64, 'a'};
          default -> new byte[] {63, 'a'};
        };
    server.fault(
        "*",
        "*",
        Fault.mangle(
            wire -> {
              byte[] changed = cutData(wire, 4);
              System.arraycopy(name, 0, changed, RDATA + 2, name.length);
              return changed;
            }));
    MxAnswer answer = client.exchanges(EXAMPLE);
    String why = assertInstanceOf(MxAnswer.Unresolved.class, answer).why();
    assertEquals(server.address().toString().substring(1) + " broken or forged answer", why);
  }

  @Test
  void bogusSignature_isUnresolvedAndNothingElse() throws InterruptedException {
    // A validating resolver says SERVFAIL; there is no second, unvalidated look.
    server.fault("*", "*", Fault.servfail());
    assertInstanceOf(MxAnswer.Unresolved.class, client.exchanges(EXAMPLE));
    assertEquals(1, server.queries().size());
  }
}
