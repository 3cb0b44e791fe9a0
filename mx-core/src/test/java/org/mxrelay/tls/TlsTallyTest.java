package org.mxrelay.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;
import org.mxrelay.tls.TlsOutcome.PolicyType;
import org.mxrelay.tls.TlsTally.Counts;
import org.mxrelay.tls.TlsTally.Key;
import org.mxrelay.tls.TlsTally.Trouble;

class TlsTallyTest {

  private static final Domain EXAMPLE = new Domain("example.org");
  private static final Key STS = new Key(EXAMPLE, PolicyType.STS);

  private final TlsTally tally = new TlsTally(2);

  private void add(String domain, PolicyType policy, String exchange, TlsFailure... failure) {
    Optional<TlsFailure> what = failure.length == 0 ? Optional.empty() : Optional.of(failure[0]);
    tally.add(
        new TlsOutcome(
            policy, new Domain(domain), exchange, Optional.empty(), what, "", Instant.EPOCH));
  }

  @Test
  void sessions_areCountedByPolicyAndTrouble() {
    add("example.org", PolicyType.STS, "mx1");
    add("example.org", PolicyType.STS, "mx1");
    add("example.org", PolicyType.STS, "mx1", TlsFailure.CERTIFICATE_EXPIRED);
    add("example.org", PolicyType.STS, "mx1", TlsFailure.CERTIFICATE_EXPIRED);
    add("example.org", PolicyType.STS, "mx2", TlsFailure.STARTTLS_NOT_SUPPORTED);
    add("example.org", PolicyType.TLSA, "mx1");
    Map<Key, Counts> all = tally.take();
    Map<Trouble, Long> troubles =
        Map.of(
            new Trouble(TlsFailure.CERTIFICATE_EXPIRED, "mx1"), 2L,
            new Trouble(TlsFailure.STARTTLS_NOT_SUPPORTED, "mx2"), 1L);
    assertEquals(new Counts(2, 3, troubles), all.get(STS));
    assertEquals(new Counts(1, 0, Map.of()), all.get(new Key(EXAMPLE, PolicyType.TLSA)));
    assertEquals(Map.of(), tally.take(), "begins anew");
  }

  @Test
  void strangers_areBoundedAndSoAreExchanges() {
    for (int i = 0; i < 1_000; i++) {
      add("example.org", PolicyType.STS, "mx" + i, TlsFailure.VALIDATION_FAILURE);
      add("d" + i + ".example", PolicyType.STS, "mx");
    }
    Map<Key, Counts> all = tally.take();
    assertEquals(2, all.size());
    assertEquals(1_000, all.get(STS).failed());
    assertEquals(100, all.get(STS).troubles().size());
  }

  @Test
  void demand_tellsWhoseWordItIs() {
    assertEquals(PolicyType.STS, PolicyType.of(TlsDemand.STS));
    assertEquals(PolicyType.NO_POLICY_FOUND, PolicyType.of(TlsDemand.OPPORTUNISTIC));
    assertEquals("no-policy-found", PolicyType.NO_POLICY_FOUND.word());
  }
}
