package org.mxrelay.tls;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.mxrelay.address.Domain;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.dns.TextResolver;
import org.mxrelay.tls.Freshness.Step;
import org.mxrelay.tls.StsStatus.Announcement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the policy that holds for a domain: the one it knows, or a new one. What is known holds to
 * its end, whoever hides the DNS record or the host (RFC 8461, 10.2). Thread-safe.
 */
final class StsPolicies {

  private static final Logger log = LoggerFactory.getLogger(StsPolicies.class);

  /** How long a host that did not serve a policy is left alone. */
  static final Duration REST = Duration.ofMinutes(5);

  private record Setback(String why, Instant until) {}

  private final TextResolver texts;
  private final PolicyFetcher fetcher;
  private final PolicyStore store;
  private final InstantSource clock;
  private final BoundedMap<Domain, Setback> setbacks = new BoundedMap<>(10_000);
  private final Consumer<TlsOutcome> outcomes;
  private final SingleFlight<StsFinding> flights = new SingleFlight<>();

  StsPolicies(TextResolver texts, PolicyFetcher fetcher, PolicyStore store, InstantSource clock) {
    this(texts, fetcher, store, clock, outcome -> {});
  }

  /**
   * @param outcomes hears of each fetch that failed
   */
  StsPolicies(
      TextResolver texts,
      PolicyFetcher fetcher,
      PolicyStore store,
      InstantSource clock,
      Consumer<TlsOutcome> outcomes) {
    this.outcomes = outcomes;
    this.texts = texts;
    this.fetcher = fetcher;
    this.store = store;
    this.clock = clock;
  }

  StsFinding find(Domain domain) throws InterruptedException {
    StsRecord record = record(domain);
    Freshness freshness = freshness(domain);
    Step step = freshness.step(record, clock.instant());
    boolean waits = step == Step.FETCH || (step == Step.REFRESH && !flights.isUnderWay(domain));
    return waits
        ? flights.run(domain, () -> update(domain, record))
        : known(domain, freshness, record);
  }

  /** Fetches anew what is due for it, though no mail goes there; see {@link Freshness}. */
  int refresh() throws InterruptedException {
    int due = 0;
    for (Domain domain : store.domains()) {
      Optional<StoredPolicy> valid = freshness(domain).valid(clock.instant());
      if (valid.filter(policy -> !clock.instant().isBefore(policy.refreshAt())).isPresent()) {
        find(domain);
        due++;
      }
    }
    return due;
  }

  private StsRecord record(Domain domain) throws InterruptedException {
    try {
      return StsRecordReader.read(texts.texts(nameOfRecord(domain)));
    } catch (InvalidAddressException e) {
      return new StsRecord.Absent("the name of its TXT record would be too long");
    }
  }

  private static Domain nameOfRecord(Domain domain) {
    return new Domain("_mta-sts." + domain.name());
  }

  /** What a domain says of its policy, and the policy that holds. */
  StsStatus status(Domain domain) throws InterruptedException {
    StsRecord record = record(domain);
    StsFinding finding = find(domain);
    if (record instanceof StsRecord.Present) {
      return new StsStatus(Announcement.ANNOUNCED, finding.policy(), finding.remark());
    } else if (record instanceof StsRecord.Unknown) {
      return new StsStatus(Announcement.UNKNOWN, finding.policy(), finding.remark());
    }
    String why = ((StsRecord.Absent) record).why();
    return isClaimed(domain)
        ? new StsStatus(Announcement.MALFORMED, finding.policy(), why)
        : new StsStatus(Announcement.NONE, finding.policy(), finding.remark());
  }

  private boolean isClaimed(Domain domain) throws InterruptedException {
    try {
      return StsRecordReader.isClaimed(texts.texts(nameOfRecord(domain)));
    } catch (InvalidAddressException e) {
      return false;
    }
  }

  /** By the one thread that does so for the domain. */
  private StsFinding update(Domain domain, StsRecord record) throws InterruptedException {
    Freshness freshness = freshness(domain); // another thread may have just done it
    Step step = freshness.step(record, clock.instant());
    if (step == Step.FETCH || step == Step.REFRESH) {
      PolicyAnswer answer = fetcher.fetch(domain);
      if (answer instanceof PolicyAnswer.Policy fetched) {
        return fetched(domain, fetched.policy(), id(record, freshness));
      } else if (answer instanceof PolicyAnswer.Unusable unusable) {
        failed(domain, unusable);
      }
    }
    return known(domain, freshness(domain), record);
  }

  private StsFinding fetched(Domain domain, StsPolicy policy, String id) {
    setbacks.remove(domain);
    try {
      store.save(domain, new StoredPolicy(policy, id, clock.instant()));
    } catch (RuntimeException e) {
      log.warn("MTA-STS policy of {} cannot be kept and will be fetched again", domain, e);
    }
    return new StsFinding(Optional.of(policy), "");
  }

  private void failed(Domain domain, PolicyAnswer.Unusable answer) {
    Instant now = clock.instant();
    log.info("MTA-STS policy of {} cannot be fetched: {}", domain, answer.why());
    setbacks.put(domain, new Setback(answer.why(), now.plus(REST)));
    outcomes.accept(
        new TlsOutcome(
            TlsOutcome.PolicyType.STS,
            domain,
            "",
            Optional.empty(),
            Optional.of(answer.failure()),
            answer.why(),
            now));
  }

  private static String id(StsRecord record, Freshness freshness) {
    return record instanceof StsRecord.Present p
        ? p.id()
        : freshness.known().map(StoredPolicy::id).orElseThrow();
  }

  private StsFinding known(Domain domain, Freshness freshness, StsRecord record) {
    Optional<StsPolicy> policy = freshness.valid(clock.instant()).map(StoredPolicy::policy);
    String failure = setbacks.find(domain).map(s -> "cannot be fetched now: " + s.why()).orElse("");
    if (record instanceof StsRecord.Unknown u) {
      return new StsFinding(policy, "no answer from the DNS: " + u.why());
    } else if (record instanceof StsRecord.Absent a) {
      return new StsFinding(policy, policy.isPresent() ? "kept from earlier: " + a.why() : "");
    }
    return new StsFinding(policy, failure);
  }

  private Freshness freshness(Domain domain) {
    Optional<StoredPolicy> known = Optional.empty();
    try {
      known = store.load(domain);
    } catch (RuntimeException e) {
      log.warn("MTA-STS policy of {} cannot be read from its store", domain, e);
    }
    return new Freshness(known, setbacks.find(domain).map(Setback::until));
  }
}
