package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.engine.ScriptedTransport.breaks;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mxrelay.address.Domain;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.testkit.FakeMxResolver;
import org.mxrelay.tls.MtaSts;
import org.mxrelay.tls.PolicyStore;
import org.mxrelay.tls.StoredPolicy;
import org.mxrelay.tls.StsOptions;
import org.mxrelay.tls.StsPolicy;
import org.mxrelay.tls.StsPolicy.Mode;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsDemand.Level;

/** What the engine makes of an MTA-STS policy (RFC 8461, 5; G12). */
class StsTest {

  private final Rig rig = new Rig();

  StsTest() {
    rig.router.to("example.org", "10 mx.stranger.example, 20 mx.example.org");
    rig.transport.at("mx.stranger.example", relays()).at("mx.example.org", relays());
  }

  /** A policy that is known from earlier and no longer in the DNS. */
  private void policy(Mode mode, String mx) {
    PolicyStore store = PolicyStore.inMemory();
    StsPolicy policy = new StsPolicy(mode, List.of(mx), Duration.ofDays(30));
    store.save(new Domain("example.org"), new StoredPolicy(policy, "1", Rig.START));
    FakeMxResolver dns = FakeMxResolver.of("example.org EXISTS", rig.clock);
    rig.tlsPolicy =
        MtaSts.of(
            dns,
            dns,
            AddressPolicy.publicOnly(),
            StsOptions.standard().withStore(store),
            rig.clock);
  }

  private Set<TlsDemand> demanded() {
    return rig.transport.seen.stream().map(t -> t.tls()).collect(Collectors.toSet());
  }

  @Test
  void enforced_exchangeThatDoesNotMatch_isNeverContacted() {
    policy(Mode.ENFORCE, "*.example.org");
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(List.of("mx.example.org"), rig.transport.exchanges());
    assertEquals(Set.of(TlsDemand.STS), demanded());
    assertTrue(rig.events.lines.contains("relayed ann@example.org"), rig.events.lines::toString);
  }

  @Test
  void enforcedWithoutAnyMatch_isDeferredAndContactsNobody() {
    policy(Mode.ENFORCE, "mx.elsewhere.example");
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(List.of(), rig.transport.exchanges());
    Diagnostic last = rig.onlyPending().open().get(0).last().orElseThrow();
    assertEquals("4.7.5", last.status().toString());
    assertEquals(Category.AUTH_OR_TLS, last.category());
  }

  /** Opportunistic TLS would fall back to plaintext from the second attempt on. */
  @ParameterizedTest
  @EnumSource(
      value = Stage.class,
      names = {"STARTTLS", "TLS"})
  void g12_enforcedWithoutTls_isDeferredAndNeverPlaintext(Stage fails) {
    policy(Mode.ENFORCE, "*.example.org");
    rig.transport.at("mx.example.org", breaks(fails));
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();
    for (int i = 0; i < 5; i++) {
      rig.runNext();
    }

    assertEquals(6, rig.transport.seen.size());
    assertEquals(Set.of(TlsDemand.STS), demanded());
    assertEquals(1, rig.pending().size());
  }

  @ParameterizedTest
  @EnumSource(Level.class)
  void enforced_isStrongerThanAnyFloor(Level floor) {
    policy(Mode.ENFORCE, "*.example.org");
    rig.tls = TlsDemand.byOption(floor);
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(Set.of(TlsDemand.STS), demanded());
  }

  @Test
  void testing_leavesEverythingAsItIs() {
    policy(Mode.TESTING, "*.example.org");
    rig.submit("bob@shop.example", "ann@example.org");

    rig.run();

    assertEquals(List.of("mx.stranger.example"), rig.transport.exchanges());
    assertEquals(Set.of(TlsDemand.OPPORTUNISTIC), demanded());
  }

  /** RFC 8689, 4.2.2. */
  @Test
  void senderWhoWaivesTls_isNotHeldUpByThePolicy() {
    policy(Mode.ENFORCE, "mx.elsewhere.example");
    EnvelopeOptions waived = EnvelopeOptions.NONE.withTls(SenderTls.WAIVED);
    rig.submit(Envelope.from("bob@shop.example").to("ann@example.org").with(waived));

    rig.run();

    assertEquals(List.of("mx.stranger.example"), rig.transport.exchanges());
  }
}
