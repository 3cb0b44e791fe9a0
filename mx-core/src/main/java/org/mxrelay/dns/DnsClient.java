package org.mxrelay.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.Domain;
import org.xbill.DNS.Type;

/**
 * Asks DNS servers: the system's, or those it is given.
 *
 * <p>Names are absolute: there is neither a search list nor a hosts file. A question goes to one
 * server after the other until one really answers, which SERVFAIL, REFUSED, NOTIMP, FORMERR, a
 * broken message and silence are not; a server that was silent is asked last for half a minute. A
 * question has one query under way, however many threads ask it. Answers are kept for their time to
 * live within limits, negative ones by their SOA record for 15 minutes at most (RFC 2308, 5),
 * failures not at all. By {@link Builder#serveStale} an answer may be used beyond its time while
 * the DNS fails.
 *
 * <p>Safe for use by several threads. A thread that is interrupted while it waits leaves the query
 * to the others that wait for it. dnsjava, which carries the queries, has one daemon thread for the
 * whole class loader; {@link #close} leaves that alone, since others may use it. Where the class
 * loader is to be unloaded, call {@code org.xbill.DNS.NioClient.close()} after the last client is
 * closed.
 */
public final class DnsClient implements MxResolver, TextResolver, TlsaResolver {

  private final AliasChain chain;
  private final Judgements<MxAnswer> exchanges;
  private final Judgements<AddressAnswer> addresses;
  private final Judgements<TextAnswer> texts;
  private final Judgements<TlsaAnswer> tlsa;
  private final Inquirer inquirer;
  private final Supplier<List<DnsServer>> servers;
  private final ScheduledExecutorService executor;
  private final TimeLimit limit;
  private final Optional<ScheduledExecutorService> own;

  private DnsClient(Builder options) {
    own = options.executor == null ? Optional.of(DnsThreads.start()) : Optional.empty();
    executor = own.isPresent() ? own.get() : Objects.requireNonNull(options.executor);
    limit = new TimeLimit(executor);
    servers = options.source();
    AnswerReader reader = new AnswerReader(options.ttl, options.clock);
    Upstream.Means means =
        new Upstream.Means(
            reader,
            new InFlight(options.inFlight),
            limit,
            executor,
            options.perTry,
            options.validation());
    Inquirer.Asking asking =
        new Inquirer.Asking(
            new Failover(
                new ServerList(servers, server -> new Upstream(server, means), options.clock)),
            new LookupRetry(options.tries, executor),
            limit,
            options.total);
    AnswerCache cache = new AnswerCache(options.cacheSize, options.stale, options.clock);
    inquirer = new Inquirer(asking, cache, options.clock);
    chain = new AliasChain(inquirer, limit, options.total, options.clock);
    HostAddresses hosts = new HostAddresses(chain, limit, options.perTry, options.clock);
    Judgements.Keeping keeping =
        new Judgements.Keeping(options.cacheSize / Judgements.KINDS, options.clock);
    exchanges = judgements(Type.MX, MxAnswers::judge, keeping);
    addresses = new Judgements<>(hosts::of, AddressAnswers::judge, keeping);
    texts = judgements(Type.TXT, TextAnswers::judge, keeping);
    tlsa = judgements(Type.TLSA, TlsaAnswers::judge, keeping);
  }

  private <A> Judgements<A> judgements(
      int type, Function<Lookup, A> judge, Judgements.Keeping keeping) {
    return new Judgements<>(
        name -> chain.follow(Question.of(name, type)).thenApply(List::of),
        (name, found) -> judge.apply(found.get(0)),
        keeping);
  }

  /** Asks the system's servers, with all defaults. */
  public static DnsClient system() {
    return builder().build();
  }

  /** Starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public MxAnswer exchanges(Domain domain) throws InterruptedException {
    return exchanges.about(domain);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Both families are asked at once. When one has found addresses, the other gets the time of
   * one more try.
   */
  @Override
  public AddressAnswer addresses(Domain host) throws InterruptedException {
    return addresses.about(host);
  }

  @Override
  public TextAnswer texts(Domain name) throws InterruptedException {
    return texts.about(name);
  }

  @Override
  public TlsaAnswer tlsa(Domain name) throws InterruptedException {
    return tlsa.about(name);
  }

  @Override
  public AliasTrust aliasTrust(Domain name) throws InterruptedException {
    return await(chain.follow(Question.of(name, Type.CNAME)).thenApply(TlsaAnswers::trustIn));
  }

  /** What a question of any type comes to, aliases followed. */
  Lookup lookup(Question question) throws InterruptedException {
    return await(chain.follow(question));
  }

  /** Whom it asks now, in order. */
  List<DnsServer> servers() {
    return servers.get();
  }

  /** Asks single servers for what they know themselves, past the cache. */
  DirectInquirer direct(Duration patience) {
    return new DirectInquirer(executor, limit, patience);
  }

  static <T> T await(CompletableFuture<T> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a defect in the DNS client", e.getCause());
    }
  }

  /**
   * Ends the threads that the client started. Whoever waits gets {@code Unresolved} at once, and so
   * does whoever asks later. Closing twice is harmless.
   */
  @Override
  public void close() {
    inquirer.close();
    own.ifPresent(ScheduledExecutorService::shutdownNow);
  }

  /** Options of a client. Confined to one thread. */
  public static final class Builder {

    private static final Duration LONGEST_STALE = Duration.ofDays(7);

    private final List<InetSocketAddress> servers = new ArrayList<>();
    private Duration perTry = Duration.ofSeconds(2);
    private int tries = 2;
    private Duration total = Duration.ofSeconds(15);
    private int cacheSize = 50_000;
    private Duration stale = Duration.ZERO;
    private TtlRange ttl = new TtlRange(Duration.ofSeconds(5), Duration.ofDays(1));
    private InstantSource clock = InstantSource.system();
    private @Nullable ScheduledExecutorService executor;
    private int inFlight = 256;
    private Dnssec dnssec = Dnssec.trustLocal();

    private Builder() {}

    /**
     * Adds a server to ask, after those added before; default: the system's servers, which are read
     * again within 30 s when {@code /etc/resolv.conf} changes.
     *
     * @throws IllegalArgumentException if the address is unresolved or the port is 0
     */
    public Builder server(InetSocketAddress address) {
      servers.add(new DnsServer(address, false).address());
      return this;
    }

    /** How long one server may take for one answer, TCP included; default 2 s. */
    public Builder perTry(Duration limit) {
      this.perTry = positive("perTry", limit);
      return this;
    }

    /** How often all servers are gone through in turn, from 1; default 2. */
    public Builder tries(int rounds) {
      this.tries = positive("tries", rounds);
      return this;
    }

    /** How long one lookup may take in all, aliases included; default 15 s. */
    public Builder total(Duration limit) {
      this.total = positive("total", limit);
      return this;
    }

    /**
     * How many records the cache may hold, from 0, an answer counting as one more; default 50,000,
     * which is about 20 MB when full.
     */
    public Builder cacheSize(int records) {
      if (records < 0) {
        throw new IllegalArgumentException("cacheSize must not be negative: " + records);
      }
      this.cacheSize = records;
      return this;
    }

    /**
     * Between which limits an answer's time to live is held; default 5 s to 1 day.
     *
     * @throws IllegalArgumentException if they are negative or in the wrong order
     */
    public Builder ttl(Duration least, Duration most) {
      this.ttl = new TtlRange(least, most);
      return this;
    }

    /**
     * How long beyond its time the last known answer stands in while no server answers, 0 to 7 days
     * (RFC 8767); default 0, which is never. Only exchanges and addresses stand in: that a name
     * does not exist, has no such record or takes no mail (null MX) must be said afresh. An answer
     * that stands in is valid for 30 s and has a note that says so. The servers are asked again
     * each time, so that it costs as long as they take to fail.
     *
     * @throws IllegalArgumentException if it is out of its range
     */
    public Builder serveStale(Duration beyond) {
      if (beyond.isNegative() || beyond.compareTo(LONGEST_STALE) > 0) {
        throw new IllegalArgumentException("serveStale must be from 0 to 7 days: " + beyond);
      }
      this.stale = beyond;
      return this;
    }

    /** By what answers age; default: the system's clock. Time limits do not depend on it. */
    public Builder clock(InstantSource source) {
      this.clock = Objects.requireNonNull(source, "clock");
      return this;
    }

    /**
     * Where answers are read and time limits kept; nothing that runs there waits. It must outlive
     * the client, which does not shut it down. Default: two daemon threads of the client's own.
     */
    public Builder executor(ScheduledExecutorService by) {
      this.executor = Objects.requireNonNull(by, "executor");
      return this;
    }

    /** How many queries may be under way at once, each over a socket; default 256. */
    public Builder inFlight(int queries) {
      this.inFlight = positive("inFlight", queries);
      return this;
    }

    /** Who says whether an answer is authentic; default {@link Dnssec#trustLocal()}. */
    public Builder dnssec(Dnssec how) {
      this.dnssec = Objects.requireNonNull(how, "dnssec");
      return this;
    }

    /** Starts the client; asks nothing yet, so that it starts without a network too. */
    public DnsClient build() {
      return new DnsClient(this);
    }

    private Supplier<List<DnsServer>> source() {
      return servers.isEmpty()
          ? ServerSource.system(dnssec.trust(), clock)
          : ServerSource.named(servers, dnssec.trust());
    }

    private Optional<Validation> validation() {
      return dnssec.anchors().map(anchors -> new Validation(anchors, clock));
    }

    private static int positive(String option, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(option + " must be at least 1: " + value);
      }
      return value;
    }

    private static Duration positive(String option, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(option + " must be longer than 0: " + value);
      }
      return value;
    }
  }
}
