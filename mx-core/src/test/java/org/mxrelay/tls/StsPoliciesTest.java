package org.mxrelay.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;
import org.mxrelay.testkit.FakeMxResolver;
import org.mxrelay.testkit.ManualClock;
import org.mxrelay.tls.StsPolicy.Mode;

/** V18: what is known of a domain cannot be made unknown by hiding it. */
class StsPoliciesTest {

  private static final Domain EXAMPLE = new Domain("example.org");
  private static final StsPolicy OLD = policy("old.example.org");
  private static final StsPolicy NEW = policy("new.example.org");

  private final ManualClock clock = ManualClock.at(Instant.parse("2026-03-01T00:00:00Z"));
  private final FakeMxResolver dns = FakeMxResolver.of(record("1"));
  private final AtomicInteger fetches = new AtomicInteger();
  private PolicyAnswer served = new PolicyAnswer.Policy(OLD);
  private PolicyStore store = PolicyStore.inMemory();

  private static StsPolicy policy(String mx) {
    return new StsPolicy(Mode.ENFORCE, List.of(mx), Duration.ofDays(10));
  }

  private static String record(String id) {
    return "_mta-sts.example.org TXT v=STSv1; id=" + id;
  }

  private PolicyAnswer fetch(Domain domain) {
    assertEquals(EXAMPLE, domain);
    fetches.incrementAndGet();
    return served;
  }

  private StsPolicies policies() {
    return new StsPolicies(dns, this::fetch, store, clock);
  }

  private void serveNothing() {
    served = new PolicyAnswer.Unusable("status 503");
  }

  @Test
  void domainWithoutRecord_isNotFetchedFrom() throws InterruptedException {
    dns.become("example.org EXISTS");
    assertEquals(new StsFinding(Optional.empty(), ""), policies().find(EXAMPLE));
    assertEquals(0, fetches.get());
  }

  @Test
  void policy_isFetchedOnceADay() throws InterruptedException {
    StsPolicies policies = policies();
    for (int hour = 0; hour < 48; hour++) {
      assertEquals(Optional.of(OLD), policies.find(EXAMPLE).policy());
      clock.advance(Duration.ofHours(1));
    }
    assertEquals(2, fetches.get());
  }

  @Test
  void policyWithoutMail_isRefreshedWhenItIsDueAndHoldsOn() throws InterruptedException {
    StsPolicies policies = policies();
    assertEquals(0, policies.refresh(), "nothing is known");
    policies.find(EXAMPLE);
    clock.advance(Duration.ofHours(23));
    assertEquals(0, policies.refresh());
    for (int day = 0; day < 30; day++) {
      clock.advance(Duration.ofDays(1));
      assertEquals(1, policies.refresh());
    }
    assertEquals(31, fetches.get());
    serveNothing();
    clock.advance(Duration.ofDays(9));
    assertEquals(1, policies.refresh());
    assertEquals(Optional.of(OLD), policies.find(EXAMPLE).policy(), "to its end");
    clock.advance(Duration.ofDays(2));
    assertEquals(0, policies.refresh(), "what has run out is not asked for without mail");
  }

  @Test
  void fetchThatFails_isToldOnceInTheWordsOfReports() throws InterruptedException {
    List<TlsOutcome> told = new ArrayList<>();
    StsPolicies policies = new StsPolicies(dns, this::fetch, store, clock, told::add);
    served = new PolicyAnswer.Unusable(TlsFailure.STS_POLICY_INVALID, "bad policy");
    policies.find(EXAMPLE);
    policies.find(EXAMPLE);
    assertEquals(1, told.size());
    assertEquals(Optional.of(TlsFailure.STS_POLICY_INVALID), told.get(0).failure());
    assertEquals(EXAMPLE, told.get(0).domain());
    assertEquals("bad policy", told.get(0).why());
  }

  @Test
  void v18_recordThatVanishes_doesNotEndThePolicy() throws InterruptedException {
    StsPolicies policies = policies();
    policies.find(EXAMPLE);
    dns.become("");
    clock.advance(Duration.ofDays(10).minusSeconds(1));
    assertEquals(Optional.of(OLD), policies.find(EXAMPLE).policy());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), policies.find(EXAMPLE).policy());
    assertEquals(1, fetches.get());
  }

  @Test
  void v18_recordThatCannotBeAsked_doesNotEndThePolicy() throws InterruptedException {
    StsPolicies policies = policies();
    policies.find(EXAMPLE);
    dns.become("_mta-sts.example.org TXT SERVFAIL");
    serveNothing();
    clock.advance(Duration.ofDays(9));
    StsFinding finding = policies.find(EXAMPLE);
    assertEquals(Optional.of(OLD), finding.policy());
    assertTrue(finding.remark().contains("SERVFAIL"), finding::remark);
    assertEquals(2, fetches.get(), "it was refreshed all the same");
  }

  @Test
  void v18_hostThatFails_doesNotEndThePolicy() throws InterruptedException {
    StsPolicies policies = policies();
    policies.find(EXAMPLE);
    serveNothing();
    clock.advance(Duration.ofDays(9));
    StsFinding finding = policies.find(EXAMPLE);
    assertEquals(Optional.of(OLD), finding.policy());
    assertTrue(finding.remark().contains("status 503"), finding::remark);
  }

  @Test
  void changedId_bringsTheNewPolicy() throws InterruptedException {
    StsPolicies policies = policies();
    policies.find(EXAMPLE);
    dns.become(record("2"));
    served = new PolicyAnswer.Policy(NEW);
    assertEquals(Optional.of(NEW), policies.find(EXAMPLE).policy());
    assertEquals(Optional.of(NEW), policies.find(EXAMPLE).policy());
    assertEquals(2, fetches.get());
  }

  @Test
  void v18_changedIdAndAHostThatFails_keepTheOldPolicy() throws InterruptedException {
    StsPolicies policies = policies();
    policies.find(EXAMPLE);
    dns.become(record("2"));
    serveNothing();
    for (int i = 0; i < 10; i++) {
      assertEquals(Optional.of(OLD), policies.find(EXAMPLE).policy());
    }
    assertEquals(2, fetches.get(), "the host is left alone for a while");
    clock.advance(StsPolicies.REST);
    served = new PolicyAnswer.Policy(NEW);
    assertEquals(Optional.of(NEW), policies.find(EXAMPLE).policy());
  }

  @Test
  void hostThatNeverServed_isAskedAgainAfterFiveMinutes() throws InterruptedException {
    serveNothing();
    StsPolicies policies = policies();
    StsFinding first = policies.find(EXAMPLE);
    assertEquals(Optional.empty(), first.policy());
    assertTrue(first.remark().contains("status 503"), first::remark);
    clock.advance(Duration.ofMinutes(5).minusSeconds(1));
    assertEquals(first, policies.find(EXAMPLE));
    assertEquals(1, fetches.get());
    clock.advance(Duration.ofSeconds(1));
    served = new PolicyAnswer.Policy(OLD);
    assertEquals(new StsFinding(Optional.of(OLD), ""), policies.find(EXAMPLE));
  }

  @Test
  void policyThatIsKept_outlivesTheProcess() throws InterruptedException {
    policies().find(EXAMPLE);
    dns.become("");
    assertEquals(Optional.of(OLD), policies().find(EXAMPLE).policy());
    assertEquals(1, fetches.get());
  }

  @Test
  void storeThatFails_costsAFetchAndNoPolicy() throws InterruptedException {
    store =
        new PolicyStore() {
          @Override
          public Optional<StoredPolicy> load(Domain domain) {
            throw new IllegalStateException("scripted");
          }

          @Override
          public void save(Domain domain, StoredPolicy policy) {
            throw new IllegalStateException("scripted");
          }
        };
    StsPolicies policies = policies();
    assertEquals(Optional.of(OLD), policies.find(EXAMPLE).policy());
    assertEquals(Optional.of(OLD), policies.find(EXAMPLE).policy());
    assertEquals(2, fetches.get());
  }

  @Test
  void nameThatWouldBeTooLong_hasNoPolicy() throws InterruptedException {
    Domain longest = new Domain(("a".repeat(61) + ".").repeat(4) + "org");
    assertEquals(Optional.empty(), policies().find(longest).policy());
  }

  @Test
  void manyThreads_fetchOnce() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    StsPolicies policies =
        new StsPolicies(
            dns,
            domain -> {
              begun.countDown();
              assertTrue(go.await(30, TimeUnit.SECONDS));
              return fetch(domain);
            },
            store,
            clock);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<StsFinding>> findings = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        findings.add(threads.submit(() -> policies.find(EXAMPLE)));
      }
      assertTrue(begun.await(30, TimeUnit.SECONDS));
      go.countDown();
      for (Future<StsFinding> finding : findings) {
        assertEquals(Optional.of(OLD), finding.get(30, TimeUnit.SECONDS).policy());
      }
      assertEquals(1, fetches.get());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Whoever knows a policy that holds does not wait for a slow host. */
  @Test
  void slowRefresh_holdsUpOneThreadOnly() throws Exception {
    policies().find(EXAMPLE);
    dns.become(record("2"));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    StsPolicies policies =
        new StsPolicies(
            dns,
            domain -> {
              begun.countDown();
              assertTrue(go.await(30, TimeUnit.SECONDS));
              return new PolicyAnswer.Policy(NEW);
            },
            store,
            clock);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<StsFinding> refreshing = threads.submit(() -> policies.find(EXAMPLE));
      assertTrue(begun.await(30, TimeUnit.SECONDS));
      assertEquals(Optional.of(OLD), policies.find(EXAMPLE).policy());
      go.countDown();
      assertEquals(Optional.of(NEW), refreshing.get(30, TimeUnit.SECONDS).policy());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Another thread's interrupt is its own affair. */
  @Test
  void interruptedFetcher_isReplacedByWhoeverWaits() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger round = new AtomicInteger();
    StsPolicies policies =
        new StsPolicies(
            dns,
            domain -> {
              if (round.getAndIncrement() == 0) {
                begun.countDown();
                new CountDownLatch(1).await();
              }
              return served;
            },
            store,
            clock);
    ExecutorService first = Executors.newSingleThreadExecutor();
    ExecutorService second = Executors.newSingleThreadExecutor();
    try {
      Future<StsFinding> doomed = first.submit(() -> policies.find(EXAMPLE));
      assertTrue(begun.await(30, TimeUnit.SECONDS));
      Future<StsFinding> waiting = second.submit(() -> policies.find(EXAMPLE));
      doomed.cancel(true);
      assertEquals(Optional.of(OLD), waiting.get(30, TimeUnit.SECONDS).policy());
    } finally {
      first.shutdownNow();
      second.shutdownNow();
    }
  }
}
