package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.engine.ScriptedTransport.breaks;
import static org.mxrelay.smtp.engine.ScriptedTransport.relays;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.ReversePath;
import org.mxrelay.dns.TlsaRecord;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.tls.DaneIdentity;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsDemand.Level;
import org.mxrelay.tls.TlsPlan;
import org.mxrelay.tls.Vouching;

/** What the engine makes of REQUIRETLS (RFC 8689, 4.2.1 and 5). */
class RequireTlsTest {

  private static final EnvelopeOptions REQUIRED = EnvelopeOptions.NONE.withTls(SenderTls.REQUIRED);

  private final Rig rig = new Rig();

  RequireTlsTest() {
    rig.router.to("example.org", "10 mx1, 20 mx2").to("shop.example", "10 mx.shop");
    rig.transport.at("mx1", relays()).at("mx2", relays()).at("mx.shop", relays());
  }

  private void vouching(Vouching of) {
    rig.tlsPolicy = (to, decision) -> TlsPlan.unbound(decision).vouchedFor(of);
  }

  private void submit() {
    rig.submit(Envelope.from("bob@shop.example").to("ann@example.org").with(REQUIRED));
  }

  @Test
  void vouchedExchange_isVerified() {
    vouching(Vouching.VOUCHED);
    submit();

    rig.run();

    assertEquals(List.of("mx1"), rig.transport.exchanges());
    assertEquals(TlsDemand.REQUIRETLS, rig.transport.seen.get(0).tls());
  }

  @Test
  void tlsaRecords_verifyItToo() {
    DaneIdentity identity =
        new DaneIdentity("mx1", List.of(new TlsaRecord(3, 1, 1, "ab".repeat(32))), List.of("mx1"));
    rig.tlsPolicy =
        (to, decision) ->
            TlsPlan.of(decision, TlsDemand.dane(identity)).vouchedFor(Vouching.VOUCHED);
    submit();

    rig.run();

    assertEquals(TlsDemand.dane(identity), rig.transport.seen.get(0).tls());
  }

  @Test
  void exchangeForWhichNobodyVouches_isNotContactedAndTheMessageComesBack() {
    vouching(Vouching.NOBODY);
    submit();

    rig.run();

    assertEquals(List.of("mx1"), failedAt());
    Submission report = rig.spawned().get(0);
    assertEquals(ReversePath.NULL, report.envelope().reversePath());
    assertEquals(SenderTls.REQUIRED, report.envelope().options().tls());
  }

  private List<String> failedAt() {
    assertEquals(
        List.of(), rig.transport.exchanges().stream().filter(e -> !e.equals("mx.shop")).toList());
    assertTrue(rig.events.lines.contains("bounced ann@example.org"), rig.events.lines::toString);
    Diagnostic why = rig.queue.settled.get(0).ended().get(0).diagnostic();
    assertEquals("5.7.30", why.status().toString());
    assertEquals(Category.AUTH_OR_TLS, why.category());
    return List.of(why.exchange());
  }

  @Test
  void policyThatCannotBeAskedNow_isWaitedFor() {
    vouching(Vouching.UNKNOWN);
    submit();

    rig.run();

    assertEquals(List.of(), rig.transport.exchanges());
    Diagnostic last = rig.onlyPending().open().get(0).last().orElseThrow();
    assertEquals("4.7.30", last.status().toString());
    vouching(Vouching.VOUCHED);
    rig.runNext();
    assertTrue(rig.events.lines.contains("relayed ann@example.org"), rig.events.lines::toString);
  }

  @Test
  void exchangeNobodyVouchesFor_leavesTheOthersToBeTried() {
    rig.router.to("example.org", "10 mx1, 10 mx2");
    rig.tlsPolicy =
        (to, decision) -> {
          Route second =
              decision.routes().stream()
                  .filter(r -> r.exchange().equals("mx2"))
                  .findFirst()
                  .orElseThrow();
          return new TlsPlan(decision, Map.of(), Map.of(second, Vouching.VOUCHED));
        };
    submit();

    rig.run();

    assertEquals(List.of("mx2"), rig.transport.exchanges());
  }

  /** RFC 8689, 5: a report is not lost for want of TLS. */
  @Test
  void report_isSentStrictlyOnceAndThenAsUsual() {
    vouching(Vouching.VOUCHED);
    rig.transport.at("mx.shop", breaks(Stage.TLS));
    rig.submit(
        Envelope.from(ReversePath.NULL)
            .to(List.of(Recipient.of("bob@shop.example")))
            .with(REQUIRED));

    rig.run();
    rig.runNext();

    assertEquals(
        List.of(Level.VERIFIED, Level.OPPORTUNISTIC, Level.NONE),
        rig.transport.seen.stream().map(t -> t.tls().level()).toList());
  }

  @Test
  void reportToADomainForWhichNobodyVouches_isSentAsUsual() {
    vouching(Vouching.NOBODY);
    rig.submit(
        Envelope.from(ReversePath.NULL)
            .to(List.of(Recipient.of("bob@shop.example")))
            .with(REQUIRED));

    rig.run();

    assertEquals(TlsDemand.OPPORTUNISTIC, rig.transport.seen.get(0).tls());
    assertEquals(SenderTls.REQUIRED, rig.transport.seen.get(0).envelope().options().tls());
  }
}
