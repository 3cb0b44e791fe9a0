package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;
import org.mxrelay.testkit.Fault;
import org.mxrelay.testkit.ScriptedDnsServer;

class DnsClientAddressesTest {

  private static final Domain MX1 = new Domain("mx1.example.org");

  private final ScriptedDnsServer server = ScriptedDnsServer.start("");
  private final DnsClient client = Clients.of(server).build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private AddressAnswer addresses(String... zone) throws InterruptedException {
    server.set(Clients.zone(zone));
    return client.addresses(MX1);
  }

  @Test
  void bothFamilies_areAsked() throws InterruptedException {
    AddressAnswer answer =
        addresses(
            "mx1.example.org. 300 A 192.0.2.1",
            "mx1.example.org. 300 A 192.0.2.2",
            "mx1.example.org. 60 AAAA 2001:db8::1");
    assertEquals("2001:db8:0:0:0:0:0:1, 192.0.2.1, 192.0.2.2", Clients.line(answer));
    assertEquals(Clients.START.plusSeconds(60), answer.facts().validUntil());
    assertEquals(List.of(), answer.facts().notes());
  }

  @Test
  void addresses_carryTheNameSoThatNobodyLooksItUp() throws InterruptedException {
    AddressAnswer.Addresses answer =
        (AddressAnswer.Addresses) addresses("mx1.example.org. 300 A 192.0.2.1");
    InetAddress first = answer.addresses().get(0);
    assertEquals("mx1.example.org/192.0.2.1", first.toString());
  }

  @Test
  void oneFamilyAlone_isEnough() throws InterruptedException {
    assertEquals("192.0.2.1", Clients.line(addresses("mx1.example.org. A 192.0.2.1")));
  }

  @Test
  void oneFamilyFailing_leavesTheOtherWithANote() throws InterruptedException {
    server.fault("mx1.example.org", "AAAA", Fault.servfail());
    AddressAnswer answer = addresses("mx1.example.org. A 192.0.2.1");
    assertEquals("192.0.2.1", Clients.line(answer));
    assertEquals(1, answer.facts().notes().size());
    String note = answer.facts().notes().get(0);
    assertTrue(note.startsWith("AAAA not resolved: 127.0.0.1:"), note);
    assertTrue(note.endsWith("SERVFAIL"), note);
  }

  @Test
  void silentFamily_costsNoMoreThanOneTry() throws InterruptedException {
    server.set("mx1.example.org. A 192.0.2.1");
    server.fault("mx1.example.org", "AAAA", Fault.drop());
    try (DnsClient impatient = Clients.impatient(server).tries(40).build()) {
      AddressAnswer answer =
          assertTimeoutPreemptively(Duration.ofSeconds(5), () -> impatient.addresses(MX1));
      assertEquals("192.0.2.1", Clients.line(answer));
      assertEquals(
          List.of("AAAA not resolved: no answer within 700 ms of the other family's"),
          answer.facts().notes());
    }
  }

  @Test
  void silentIpv4_leavesIpv6() throws InterruptedException {
    server.set("mx1.example.org. AAAA 2001:db8::1");
    server.fault("mx1.example.org", "A", Fault.drop());
    try (DnsClient impatient = Clients.impatient(server).build()) {
      assertEquals("2001:db8:0:0:0:0:0:1", Clients.line(impatient.addresses(MX1)));
    }
  }

  @Test
  void hostWithoutAddress_isNoAddress() throws InterruptedException {
    assertInstanceOf(AddressAnswer.NoAddress.class, addresses("mx1.example.org. TXT \"nothing\""));
  }

  @Test
  void noHost_isNoSuchHost() throws InterruptedException {
    assertInstanceOf(AddressAnswer.NoSuchHost.class, addresses("example.org. A 192.0.2.1"));
  }

  @Test
  void failureBesideAbsence_isUnresolved() throws InterruptedException {
    server.fault("mx1.example.org", "A", Fault.servfail());
    AddressAnswer answer = addresses("example.org. A 192.0.2.1");
    assertTrue(((AddressAnswer.Unresolved) answer).why().startsWith("A: 127.0.0.1:"));
    assertEquals(Clients.START.plusSeconds(60), answer.facts().validUntil());
  }

  @Test
  void bothFamiliesFailing_isUnresolved() throws InterruptedException {
    server.fault("*", "*", Fault.refused());
    AddressAnswer answer = addresses("mx1.example.org. A 192.0.2.1");
    assertTrue(((AddressAnswer.Unresolved) answer).why().endsWith("REFUSED"));
  }

  @Test
  void aliasAsExchange_isFollowedAndNoted() throws InterruptedException {
    AddressAnswer answer =
        addresses("mx1.example.org. CNAME real.example.", "real.example. A 192.0.2.1");
    assertEquals("192.0.2.1", Clients.line(answer));
    assertEquals(
        List.of("mx1.example.org is an alias of real.example (against RFC 2181, 10.3)"),
        answer.facts().notes());
  }

  @Test
  void fourThousandAddresses_areCutInBoundedTime() {
    String[] lines =
        IntStream.range(0, 4000)
            .mapToObj(i -> "mx1.example.org. A 192.0." + (i / 250) + "." + (i % 250))
            .toArray(String[]::new);
    AddressAnswer answer =
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> addresses(lines));
    AddressAnswer.Addresses some = (AddressAnswer.Addresses) answer;
    assertEquals(AddressAnswers.MOST_ADDRESSES_A_FAMILY, some.addresses().size());
    assertEquals(List.of("only the first 100 of 4000 addresses used"), answer.facts().notes());
  }

  @Test
  void security_isThatOfTheFamiliesThatResolved() throws InterruptedException {
    server.fault("mx1.example.org", "A", Fault.authenticated());
    server.fault("mx1.example.org", "AAAA", Fault.servfail());
    AddressAnswer answer = addresses("mx1.example.org. A 192.0.2.1");
    assertEquals(AnswerFacts.Security.AUTHENTICATED, answer.facts().security());
  }

  @Test
  void oneInsecureFamily_makesTheAnswerInsecure() throws InterruptedException {
    server.fault("mx1.example.org", "A", Fault.authenticated());
    AddressAnswer answer =
        addresses("mx1.example.org. A 192.0.2.1", "mx1.example.org. AAAA 2001:db8::1");
    assertEquals(AnswerFacts.Security.UNAUTHENTICATED, answer.facts().security());
  }
}
