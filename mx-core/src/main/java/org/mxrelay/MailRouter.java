package org.mxrelay;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.Destination;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.dns.DnsClient;
import org.mxrelay.dns.Dnssec;
import org.mxrelay.dns.MxResolver;
import org.mxrelay.dns.TextResolver;
import org.mxrelay.dns.TlsaResolver;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.Router;
import org.mxrelay.routing.RoutingOptions;
import org.mxrelay.routing.SelfNames;
import org.mxrelay.tls.Dane;
import org.mxrelay.tls.MtaSts;
import org.mxrelay.tls.StsOptions;
import org.mxrelay.tls.TlsPlan;
import org.mxrelay.tls.TlsPolicy;

/**
 * Says where a destination's mail goes: the one entry to mx-core.
 *
 * <p>Safe for use by several threads.
 */
public final class MailRouter implements Router {

  private final Router router;
  private final TlsPolicy tls;
  private final InstantSource clock;

  private MailRouter(Router router, TlsPolicy tls, InstantSource clock) {
    this.router = router;
    this.tls = tls;
    this.clock = clock;
  }

  /**
   * Asks the system's DNS servers, refuses addresses that are not public, knows no names of ours.
   */
  public static MailRouter system() {
    return builder().build();
  }

  /** Starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public RouteDecision route(Destination destination) throws InterruptedException {
    return router.route(destination);
  }

  /**
   * Where the mail of a domain or an address literal goes, given as text.
   *
   * @return {@link RouteDecision.Fail} with {@code INVALID_DOMAIN} and 5.1.3 if it is neither
   * @throws InterruptedException if the thread was interrupted while it waited for the DNS
   */
  public RouteDecision route(String destination) throws InterruptedException {
    Destination parsed;
    try {
      parsed = Destination.parse(destination);
    } catch (InvalidAddressException e) {
      return RouteDecision.invalidDestination(e, clock.instant());
    }
    return route(parsed);
  }

  /**
   * Where the mail of a domain or an address literal goes, given as text, and what TLS its routes
   * demand: {@link #route(String)} under the {@link #tlsPolicy()}.
   *
   * @throws InterruptedException if the thread was interrupted while it waited for the DNS or for a
   *     policy's host
   */
  public TlsPlan plan(String destination) throws InterruptedException {
    RouteDecision decision = route(destination);
    // Text that is no destination never leads to an attempt, and has been judged by now.
    return decision instanceof RouteDecision.Attempt
        ? tls.plan(Destination.parse(destination), decision)
        : TlsPlan.unbound(decision);
  }

  /**
   * The destinations' own word on TLS: DANE (RFC 7672) and, where that has no say, MTA-STS (RFC
   * 8461), unless one was turned off or the resolver does not answer for its records. Closed with
   * the router.
   */
  public TlsPolicy tlsPolicy() {
    return tls;
  }

  /** Closes the resolver and the TLS policy. */
  @Override
  public void close() {
    try {
      tls.close();
    } finally {
      router.close();
    }
  }

  /** Options of a router. Confined to one thread. */
  public static final class Builder {

    private final List<InetSocketAddress> dns = new ArrayList<>();
    private final List<String> self = new ArrayList<>();
    private RoutingOptions options = RoutingOptions.STANDARD;
    private @Nullable MxResolver resolver;
    private @Nullable Dnssec dnssec;
    private boolean dane = true;
    private Duration stale = Duration.ZERO;
    private Optional<StsOptions> sts = Optional.of(StsOptions.standard());
    private InstantSource clock = InstantSource.system();
    private RandomGenerator random = RandomGenerator.getDefault();

    private Builder() {}

    /** Adds a DNS server to ask; default: the system's. */
    public Builder dns(InetSocketAddress server) {
      dns.add(server);
      return this;
    }

    /**
     * How long beyond its time the last known answer stands in while the DNS fails, 0 to 7 days;
     * default 0, which is never. See {@link DnsClient.Builder#serveStale}.
     *
     * @throws IllegalArgumentException if it is out of its range
     */
    public Builder serveStale(Duration beyond) {
      DnsClient.builder().serveStale(beyond);
      this.stale = beyond;
      return this;
    }

    /**
     * Who answers in place of a DNS client of the router's own. The router closes it. There is no
     * MTA-STS unless it is a {@link TextResolver} too, and no DANE unless it is a {@link
     * TlsaResolver}.
     */
    public Builder resolver(MxResolver by) {
      this.resolver = by;
      return this;
    }

    /**
     * Adds a name or an address of our own, for the removal of loops (RFC 5321, 5.1).
     *
     * @throws IllegalArgumentException if it is neither
     */
    public Builder self(String nameOrAddress) {
      self.add(nameOrAddress);
      this.options = options.withSelf(SelfNames.of(self));
      return this;
    }

    /**
     * Which addresses may be connected to, apart from those of static routes; default: public ones.
     */
    public Builder addressPolicy(AddressPolicy by) {
      this.options = options.withPolicy(by);
      return this;
    }

    /**
     * The exchanges' port, 1 to 65535; default 25.
     *
     * @throws IllegalArgumentException if it is out of its range
     */
    public Builder port(int number) {
      this.options = options.withPort(number);
      return this;
    }

    /**
     * Adds a static route: the mail of these destinations goes to these hosts, whatever the DNS
     * says of them. The hosts' addresses are not checked by the address policy.
     *
     * @param pattern {@code example.org}, {@code .example.org} or {@code *.example.org} (what is
     *     below it, not the domain itself), an address literal, or {@code *}; the most specific
     *     pattern holds
     * @param hosts {@code name}, {@code 192.0.2.1} or {@code [2001:db8::1]}, each with or without
     *     {@code :port}, in the order in which to try them; names are resolved to addresses, no MX
     *     is asked for
     * @throws IllegalArgumentException if the pattern or a host is none, there is no host, or the
     *     pattern has a route already
     */
    public Builder route(String pattern, String... hosts) {
      this.options = options.withRoutes(options.routes().and(pattern, List.of(hosts)));
      return this;
    }

    /**
     * Sends all mail that no other static route names to these hosts: {@code route("*", hosts)}.
     *
     * @throws IllegalArgumentException as for {@link #route}
     */
    public Builder smartHost(String... hosts) {
      return route("*", hosts);
    }

    /**
     * Exchanges used at most for a destination, at least 1; default 10.
     *
     * @throws IllegalArgumentException if it is less
     */
    public Builder maxExchanges(int atMost) {
      this.options = options.withLimits(options.limits().withExchanges(atMost));
      return this;
    }

    /**
     * Addresses used at most over all exchanges of a destination, at least 1; default 20.
     *
     * @throws IllegalArgumentException if it is less
     */
    public Builder maxAddresses(int atMost) {
      this.options = options.withLimits(options.limits().withAddresses(atMost));
      return this;
    }

    /**
     * DNS queries made at most for a destination, at least 3; default 40.
     *
     * @throws IllegalArgumentException if it is less
     */
    public Builder maxQueries(int atMost) {
      this.options = options.withLimits(options.limits().withQueries(atMost));
      return this;
    }

    /**
     * The time after which no further DNS query begins for a destination, more than zero; default
     * 30 s.
     *
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Builder budget(Duration atMost) {
      this.options = options.withLimits(options.limits().withBudget(atMost));
      return this;
    }

    /**
     * Who says whether an answer of the DNS is authentic, on which DANE stands; default: {@link
     * Dnssec#trustLocal()}. Not where a resolver is given, which has its own ways to know.
     */
    public Builder dnssec(Dnssec how) {
      this.dnssec = how;
      return this;
    }

    /** Turns DANE off: no TLSA record is asked for, and DNSSEC vouches for nobody. */
    public Builder noDane() {
      this.dane = false;
      return this;
    }

    /** How MTA-STS policies are fetched and kept; default: {@link StsOptions#standard()}. */
    public Builder mtaSts(StsOptions by) {
      this.sts = Optional.of(by);
      return this;
    }

    /** Turns MTA-STS off. */
    public Builder noMtaSts() {
      this.sts = Optional.empty();
      return this;
    }

    /** Tells the time; default: the system's clock. */
    public Builder clock(InstantSource source) {
      this.clock = source;
      return this;
    }

    /** Spreads exchanges of equal preference; drawn from by one thread at a time. */
    public Builder random(RandomGenerator source) {
      this.random = source;
      return this;
    }

    /**
     * Builds the router.
     *
     * @throws IllegalArgumentException if both a resolver and an option of the DNS client are
     *     given, or a DNS server's address is unresolved
     */
    public MailRouter build() {
      if (resolver != null && !dns.isEmpty()) {
        throw new IllegalArgumentException("resolver is given, so dns would not be asked: " + dns);
      }
      if (resolver != null && dnssec != null) {
        throw new IllegalArgumentException("resolver is given, so dnssec would have no effect");
      }
      if (resolver != null && !stale.isZero()) {
        throw new IllegalArgumentException(
            "resolver is given, so serveStale would not hold: " + stale);
      }
      MxResolver asked = resolver == null ? client() : resolver;
      return new MailRouter(Router.of(asked, options, clock, random), tls(asked), clock);
    }

    private TlsPolicy tls(MxResolver asked) {
      return dane && asked instanceof TlsaResolver tlsa
          ? Dane.of(asked, tlsa, clock).before(sts(asked))
          : sts(asked);
    }

    private TlsPolicy sts(MxResolver asked) {
      return asked instanceof TextResolver texts && sts.isPresent()
          ? MtaSts.of(texts, asked, options.policy(), sts.get(), clock)
          : TlsPolicy.none();
    }

    private MxResolver client() {
      DnsClient.Builder client = DnsClient.builder().clock(clock).serveStale(stale);
      dns.forEach(client::server);
      if (dnssec != null) {
        client.dnssec(dnssec);
      }
      return client.build();
    }
  }
}
