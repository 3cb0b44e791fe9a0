package org.mxrelay.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class ScriptedDnsServerTest {

  private static final String ZONE =
      """
      example.org.        300 SOA   ns.example.org. h.example.org. 1 3600 600 86400 120
      example.org.        300 MX    10 mx1.example.org.
      example.org.        300 MX    20 mx2.example.org.
      mx1.example.org.    300 A     192.0.2.1
      mx1.example.org.    300 AAAA  2001:db8::1
      www.example.org.    300 CNAME example.org.
      gone.example.org.   300 CNAME nothing.example.org.
      *.wild.example.org. 300 A     192.0.2.9
      loop.example.org.   300 CNAME pool.example.org.
      pool.example.org.   300 CNAME loop.example.org.
      _25._tcp.mx1.example.org. 300 TLSA 3 1 1 00112233
      """
          + "abcdef"
              .chars()
              .mapToObj(c -> "big.example.org. 300 TXT " + Character.toString(c).repeat(250) + "\n")
              .collect(Collectors.joining());

  private final ScriptedDnsServer server = ScriptedDnsServer.start(ZONE);

  private Duration patience = Duration.ofSeconds(20);

  @AfterEach
  void close() {
    server.close();
  }

  private Message ask(String name, String type) throws IOException {
    return ask(name, type, 1232);
  }

  private Message ask(String name, String type, int udpSize) throws IOException {
    SimpleResolver client = new SimpleResolver(server.address());
    client.setTimeout(patience);
    client.setEDNS(udpSize == 0 ? -1 : 0, udpSize, 0, List.of());
    Record question =
        Record.newRecord(Name.fromString(name, Name.root), Type.value(type), DClass.IN);
    return client.send(Message.newQuery(question));
  }

  @Test
  void scriptedRecords_areAnswered() throws IOException {
    assertEquals(2, ask("Example.ORG.", "MX").getSection(Section.ANSWER).size());
    assertEquals(1, ask("_25._tcp.mx1.example.org", "TLSA").getSection(Section.ANSWER).size());
    assertEquals(1, ask("a.b.wild.example.org", "A").getSection(Section.ANSWER).size());
    assertEquals(1, ask("www.example.org", "CNAME").getSection(Section.ANSWER).size());
  }

  @Test
  void negativeAnswers_carryTheSoa() throws IOException {
    Message absent = ask("nothing.example.org", "MX");
    Message nodata = ask("mx1.example.org", "MX");
    assertEquals(Rcode.NXDOMAIN, absent.getRcode());
    assertEquals(Rcode.NOERROR, nodata.getRcode());
    for (Message message : List.of(absent, nodata)) {
      SOARecord soa = (SOARecord) message.getSection(Section.AUTHORITY).get(0);
      assertEquals(120, soa.getMinimum());
    }
    assertEquals(Rcode.NOERROR, ask("wild.example.org", "A").getRcode(), "empty non-terminal");
  }

  @Test
  void alias_isFollowedWithinTheScript() throws IOException {
    assertEquals(3, ask("www.example.org", "MX").getSection(Section.ANSWER).size());
    assertEquals(Rcode.NXDOMAIN, ask("gone.example.org", "MX").getRcode());
    assertEquals(2, ask("loop.example.org", "MX").getSection(Section.ANSWER).size());
    server.fault("www.example.org", "MX", Fault.aliasOnly());
    assertEquals(1, ask("www.example.org", "MX").getSection(Section.ANSWER).size());
  }

  @Test
  void largeAnswer_goesOverTcp() throws IOException {
    assertEquals(6, ask("big.example.org", "TXT").getSection(Section.ANSWER).size());
    assertEquals(2, server.count("big.example.org", "TXT"));
    assertEquals(DnsQuery.Transport.UDP, server.queries().get(0).transport());
    assertEquals(DnsQuery.Transport.TCP, server.queries().get(1).transport());
    server.clearQueries();
    assertEquals(6, ask("big.example.org", "TXT", 4096).getSection(Section.ANSWER).size());
    assertEquals(1, server.queries().size());
  }

  @Test
  void rcodes_asTold() throws IOException {
    server.fault("example.org", "MX", Fault.servfail().times(1));
    assertEquals(Rcode.SERVFAIL, ask("example.org", "MX").getRcode());
    assertEquals(Rcode.NOERROR, ask("example.org", "MX").getRcode());
    server.fault("*", "*", Fault.refused());
    assertEquals(Rcode.REFUSED, ask("mx1.example.org", "A").getRcode());
    server.fault("*", "*", Fault.notimp());
    assertEquals(Rcode.NOTIMP, ask("mx1.example.org", "A").getRcode());
    server.clearFaults();
    server.fault("*", "*", Fault.formerrToEdns());
    assertEquals(Rcode.FORMERR, ask("mx1.example.org", "A").getRcode());
    assertEquals(Rcode.NOERROR, ask("mx1.example.org", "A", 0).getRcode());
  }

  @Test
  void authenticated_setsTheFlag() throws IOException {
    assertFalse(ask("example.org", "MX").getHeader().getFlag(Flags.AD));
    server.fault("example.org", "MX", Fault.authenticated(), Fault.delay(Duration.ofMillis(20)));
    assertTrue(ask("example.org", "MX").getHeader().getFlag(Flags.AD));
  }

  @Test
  void foreignRecords_areAdded() throws IOException {
    server.fault("example.org", "MX", Fault.foreignRecords());
    assertEquals(6, ask("example.org", "MX").getSection(Section.ANSWER).size());
  }

  @Test
  void brokenTransport_failsTheClient() {
    for (Fault fault :
        List.of(
            Fault.truncateAndRefuseTcp(),
            Fault.cutTcp(),
            Fault.wrongId(),
            Fault.wrongQuestion(),
            Fault.garbage(),
            Fault.mangle(b -> Arrays.copyOf(b, 5)))) {
      server.fault("example.org", "MX", fault);
      assertThrows(IOException.class, () -> ask("example.org", "MX"), fault::toString);
    }
  }

  @Test
  void droppedQuestion_isLoggedAndNotAnswered() {
    patience = Duration.ofMillis(200);
    server.fault("example.org", "MX", Fault.drop());
    assertThrows(IOException.class, () -> ask("example.org", "MX"));
    assertEquals(1, server.count("example.org", "MX"));
  }

  @Test
  void set_replacesTheScript() throws IOException {
    server.set("example.org. 60 MX 5 other.example.");
    assertEquals(1, ask("example.org", "MX").getSection(Section.ANSWER).size());
    assertThrows(IllegalArgumentException.class, () -> server.set("example.org. 60 MX nonsense"));
    assertEquals(1, ask("example.org", "MX").getSection(Section.ANSWER).size());
  }
}
