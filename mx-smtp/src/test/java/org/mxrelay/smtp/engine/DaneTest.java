package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.engine.ScriptedTransport.breaks;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.testkit.FakeMxResolver;
import org.mxrelay.tls.Dane;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsDemand.Level;

/** What the engine makes of TLSA records (RFC 7672; G12). */
class DaneTest {

  private static final String ZONE =
      """
      example.org               SIGNED
      example.org               MX    10 mx.example.org
      mx.example.org            A     192.0.2.1
      """;

  private final Rig rig = new Rig();
  private final FakeMxResolver dns = FakeMxResolver.of("", rig.clock);

  DaneTest() {
    rig.router.to("example.org", "10 mx.example.org");
    rig.transport.at("mx.example.org", relays());
    rig.tlsPolicy = Dane.of(dns, dns, rig.clock);
  }

  private void tlsa(String value) {
    dns.become(ZONE + "_25._tcp.mx.example.org TLSA " + value + "\n");
  }

  private Set<TlsDemand> demanded() {
    return rig.transport.seen.stream().map(t -> t.tls()).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @EnumSource(Level.class)
  void records_areStrongerThanAnyFloor(Level floor) {
    tlsa("3 1 1 " + "ab".repeat(32));
    rig.tls = TlsDemand.byOption(floor);
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    TlsDemand demand = demanded().iterator().next();
    assertEquals("dane", demand.reason());
    assertTrue(demand.dane().isPresent());
  }

  /** Opportunistic TLS would fall back to plaintext from the second attempt on. */
  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"STARTTLS", "TLS"})
  void g12_withoutTlsThatMatches_isDeferredAndNeverPlaintext(Stage fails) {
    tlsa("3 1 1 " + "ab".repeat(32));
    rig.transport.at("mx.example.org", breaks(fails));
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();
    for (int i = 0; i < 5; i++) {
      rig.runNext();
    }

    assertEquals(6, rig.transport.seen.size());
    assertEquals(1, demanded().size());
    assertEquals(1, rig.pending().size());
  }

  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"STARTTLS", "TLS"})
  void g12_unusableRecords_areNeverPlaintext(Stage fails) {
    tlsa("1 1 1 " + "ab".repeat(32));
    rig.transport.at("mx.example.org", breaks(fails));
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();
    for (int i = 0; i < 5; i++) {
      rig.runNext();
    }

    assertEquals(6, rig.transport.seen.size());
    assertEquals(Set.of(new TlsDemand(Level.ENCRYPTED, "dane")), demanded());
  }

  @Test
  void g12_failedLookup_isDeferredAndContactsNobody() {
    tlsa("SERVFAIL");
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(List.of(), rig.transport.exchanges());
    Diagnostic last = rig.onlyPending().open().get(0).last().orElseThrow();
    assertEquals("4.7.5", last.status().toString());

    tlsa("3 1 1 " + "ab".repeat(32));
    rig.runNext();
    assertTrue(rig.events.lines.contains("relayed ann@example.org"), rig.events.lines::toString);
  }

  /** RFC 8689, 4.2.2. */
  @Test
  void senderWhoWaivesTls_isNotHeldUpByRecords() {
    tlsa("SERVFAIL");
    EnvelopeOptions waived = EnvelopeOptions.NONE.withTls(SenderTls.WAIVED);
    rig.submit(Envelope.from("bob@shop.example").to("ann@example.org").with(waived));

    rig.run();

    assertEquals(Set.of(TlsDemand.OPPORTUNISTIC), demanded());
  }

  @Test
  void tlsRequiredNo_inTheHeaderIsSuchAWaiver() {
    tlsa("SERVFAIL");
    rig.submit(
        Envelope.from("bob@shop.example").to("ann@example.org"),
        "From: bob@shop.example\r\nTLS-Required: No\r\n\r\nhello\r\n");

    rig.run();

    assertEquals(Set.of(TlsDemand.OPPORTUNISTIC), demanded());
  }
}
