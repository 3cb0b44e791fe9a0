package org.mxrelay.audit;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.mxrelay.address.Domain;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.dns.DnsClient;
import org.mxrelay.dns.ZoneInspector;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.tls.Dane;
import org.mxrelay.tls.MtaSts;
import org.mxrelay.tls.StsOptions;

/**
 * Says what is wrong with a domain's mail exchangers.
 *
 * <p>Everything is gathered first, from the DNS, from the host of the MTA-STS policy and, by {@link
 * Builder#probe}, from the exchanges; then the rules judge what was gathered. An audit blocks its
 * thread: some seconds where all is well, more where servers are silent.
 *
 * <p>Safe for use by several threads.
 */
public final class MxAudit implements AutoCloseable {

  private final Gatherer gatherer;
  private final List<AuditRule> rules;
  private final InstantSource clock;

  private MxAudit(Builder with) {
    this.rules = List.copyOf(with.rules);
    this.clock = with.clock;
    Optional<MtaSts> sts =
        with.sts.map(o -> MtaSts.of(with.client, with.client, with.policy, o, with.clock));
    Optional<Prober> prober =
        with.probe.map(p -> new Prober(p, with.policy, with.port, with.strangers));
    ZoneInspector zones =
        ZoneInspector.of(with.client, address -> with.policy.check(address).isEmpty())
            .withPort(with.zonePort);
    Optional<Gatherer.DaneLook> dane =
        Optional.of(Dane.of(with.client, with.client, with.clock))
            .filter(d -> with.dane)
            .map(d -> new Gatherer.DaneLook(d, with.port));
    this.gatherer = new Gatherer(with.client, zones, sts, dane, prober, with.clock);
  }

  /**
   * Starts with the defaults.
   *
   * @param client asks the DNS; not closed
   */
  public static Builder builder(DnsClient client) {
    return new Builder(client);
  }

  /**
   * Audits a domain.
   *
   * @param domain as people write it; what is no domain is a finding too
   * @throws InterruptedException if the thread was interrupted meanwhile
   */
  public AuditReport audit(String domain) throws InterruptedException {
    Domain parsed;
    try {
      parsed = Domain.of(domain);
    } catch (InvalidAddressException e) {
      Finding finding =
          Finding.error("no-domain", domain, "This is no domain: " + e.why() + ".", "Correct it.");
      return new AuditReport(domain, clock.instant(), Optional.empty(), List.of(finding));
    }
    MxPicture picture = gatherer.gather(parsed);
    List<Finding> findings = rules.stream().flatMap(rule -> rule.judge(picture).stream()).toList();
    return new AuditReport(domain, picture.at(), Optional.of(picture), findings);
  }

  /** Ends what it started to fetch policies; neither the client nor the probe is closed. */
  @Override
  public void close() {
    gatherer.sts().ifPresent(MtaSts::close);
  }

  /** Options of an audit. Confined to one thread. */
  public static final class Builder {

    private final DnsClient client;
    private final List<AuditRule> rules = new ArrayList<>(AuditRules.STANDARD);
    private AddressPolicy policy = AddressPolicy.publicOnly();
    private Optional<StsOptions> sts = Optional.of(StsOptions.standard());
    private boolean dane = true;
    private Optional<ExchangeProbe> probe = Optional.empty();
    private Optional<StrangerSource> strangers = Optional.empty();
    private int port = 25;
    private int zonePort = 53;
    private InstantSource clock = InstantSource.system();

    private Builder(DnsClient client) {
      this.client = client;
    }

    /**
     * Which addresses may be connected to: of exchanges, of policies' hosts, of zones' servers;
     * default: public ones. What is judged does not depend on it.
     */
    public Builder addressPolicy(AddressPolicy by) {
      this.policy = by;
      return this;
    }

    /** How MTA-STS policies are fetched; default: {@link StsOptions#standard()}. */
    public Builder mtaSts(StsOptions by) {
      this.sts = Optional.of(by);
      return this;
    }

    /** Leaves MTA-STS out. */
    public Builder noMtaSts() {
      this.sts = Optional.empty();
      return this;
    }

    /**
     * Leaves DANE out. Where it is not left out, it stands on whom the client believes: see {@link
     * org.mxrelay.dns.Dnssec}.
     */
    public Builder noDane() {
      this.dane = false;
      return this;
    }

    /** Speaks to the exchanges as well; default: they are left alone. */
    public Builder probe(ExchangeProbe by) {
      this.probe = Optional.of(by);
      return this;
    }

    /**
     * Asks each exchange that is probed whether it accepts a recipient that cannot exist (RCPT, and
     * never a message). Intrusive: do so only to exchanges of your own, since it is what spammers
     * do, and may get the asking host listed. Default: nobody is asked.
     *
     * @param random makes the recipient up; drawn from by one thread at a time
     */
    public Builder probeStrangers(RandomGenerator random) {
      this.strangers = Optional.of(new StrangerSource(random));
      return this;
    }

    /**
     * The exchanges' port, 1 to 65535; default 25.
     *
     * @throws IllegalArgumentException if it is out of its range
     */
    public Builder port(int number) {
      this.port = requirePort("port", number);
      return this;
    }

    /**
     * The port of the zones' own DNS servers, 1 to 65535; default 53, another one is for tests.
     *
     * @throws IllegalArgumentException if it is out of its range
     */
    public Builder zonePort(int number) {
      this.zonePort = requirePort("zonePort", number);
      return this;
    }

    /** Tells the time; default: the system's clock. */
    public Builder clock(InstantSource source) {
      this.clock = source;
      return this;
    }

    /** Adds a rule of the caller's to the standard ones. */
    public Builder rule(AuditRule further) {
      rules.add(further);
      return this;
    }

    /** Builds the audit; asks nothing yet. */
    public MxAudit build() {
      return new MxAudit(this);
    }

    private static int requirePort(String option, int number) {
      if (number < 1 || number > 65535) {
        throw new IllegalArgumentException(option + " must be 1 to 65535: " + number);
      }
      return number;
    }
  }
}
