package org.mxrelay.smtp;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.mxrelay.MailRouter;
import org.mxrelay.reply.ReplyClassifier;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.routing.Fallthrough;
import org.mxrelay.routing.Router;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.dsn.ReportComposer;
import org.mxrelay.smtp.engine.EngineParts;
import org.mxrelay.smtp.engine.Limits;
import org.mxrelay.smtp.engine.Mailing;
import org.mxrelay.smtp.engine.Rules;
import org.mxrelay.smtp.engine.SharedRandom;
import org.mxrelay.smtp.engine.SteadyClock;
import org.mxrelay.smtp.engine.Threads;
import org.mxrelay.smtp.engine.Times;
import org.mxrelay.smtp.metrics.Meters;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.transport.Transport;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsPolicy;

/** Options of a relay. Confined to one thread. */
public final class MxRelayBuilder {

  /** No session begins when an attempt is that old (G10). */
  private static final Duration LONGEST_ATTEMPT = Duration.ofMinutes(30);

  private String helo = "";
  private List<String> self = List.of();
  private @Nullable DeliveryQueue queue;
  private @Nullable Router router;
  private @Nullable TlsPolicy tlsPolicy;
  private @Nullable Transport transport;
  private final List<RelayListener> listeners = new ArrayList<>();
  private ReplyClassifier classifier = ReplyClassifier.standard();
  private @Nullable RetryPolicy retry;
  private HoldRule holds = HoldRule.NEVER;
  private Fallthrough fallthrough = Fallthrough.STANDARD;
  private TlsDemand tls = TlsDemand.OPPORTUNISTIC;
  private Bounces bounces = Bounces.TO_SENDER;
  private int concurrency = 64;
  private int laneConcurrency = 20;
  private final List<RateLimit> rates = new ArrayList<>();
  private Duration patience = Duration.ofMinutes(15);
  private Duration closeWithin = Duration.ofSeconds(25);
  private @Nullable InstantSource clock;
  private @Nullable LongSupplier monotonic;
  private RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
  private @Nullable ThreadFactory threads;
  private LogDetail log = LogDetail.IDS;
  private @Nullable Meters meters;

  MxRelayBuilder() {}

  /** What EHLO says where the default transport is used, and who signs the reports. */
  public MxRelayBuilder helo(String name) {
    this.helo = name;
    return this;
  }

  /**
   * Our own names, for the default transport: an exchange that greets with one is ourselves, and
   * mail for it waits as 4.4.6 instead of going round. None by default: what we say in EHLO may
   * well be the name of an exchange of ours that is somebody else to the application.
   */
  public MxRelayBuilder self(String... names) {
    this.self = List.of(names);
    return this;
  }

  /** Where messages are kept. Required. The relay closes it. */
  public MxRelayBuilder queue(DeliveryQueue store) {
    this.queue = store;
    return this;
  }

  /** Adds a listener. */
  public MxRelayBuilder listener(RelayListener listener) {
    this.listeners.add(listener);
    return this;
  }

  /**
   * Who says where mail goes; default: {@link org.mxrelay.MailRouter#system()}. The relay closes
   * it.
   */
  public MxRelayBuilder router(Router by) {
    this.router = by;
    return this;
  }

  /**
   * What the destinations want of TLS; default: what a {@link MailRouter} says, which is DANE (RFC
   * 7672) and MTA-STS (RFC 8461), and nothing with any other router. The relay closes it.
   */
  public MxRelayBuilder tlsPolicy(TlsPolicy by) {
    this.tlsPolicy = by;
    return this;
  }

  /** Who makes the attempts; default: our SMTP client. The relay closes it. */
  public MxRelayBuilder transport(Transport by) {
    this.transport = by;
    return this;
  }

  public MxRelayBuilder classifier(ReplyClassifier by) {
    this.classifier = by;
    return this;
  }

  public MxRelayBuilder retry(RetryPolicy policy) {
    this.retry = policy;
    return this;
  }

  /** Which failures are kept for a person in place of ending; default: none. */
  public MxRelayBuilder holds(HoldRule rule) {
    this.holds = rule;
    return this;
  }

  public MxRelayBuilder fallthrough(Fallthrough rule) {
    this.fallthrough = rule;
    return this;
  }

  /**
   * The TLS that every session must have at least, under whatever the {@link #tlsPolicy} demands;
   * default: opportunistic.
   */
  public MxRelayBuilder tls(TlsDemand floor) {
    this.tls = floor;
    return this;
  }

  public MxRelayBuilder bounces(Bounces mailed) {
    this.bounces = mailed;
    return this;
  }

  /**
   * Sessions at most at a time, 1 to 10,000; default 64. Those that have lasted for a second stand
   * aside and count no more, so that whoever hangs costs the others nothing: at most four times as
   * many again.
   */
  public MxRelayBuilder concurrency(int sessions) {
    this.concurrency = sessions;
    return this;
  }

  /**
   * Sessions at most at a time with one set of exchanges, however many domains share it, 1 to
   * 10,000; default 20. How many there are in fact follows from what the exchanges answer.
   */
  public MxRelayBuilder laneConcurrency(int sessions) {
    this.laneConcurrency = sessions;
    return this;
  }

  /**
   * Adds a limit; of several that match the first one of each kind counts. None by default:
   * exchanges that say that it is too fast are heeded anyway.
   */
  public MxRelayBuilder rate(RateLimit limit) {
    this.rates.add(limit);
    return this;
  }

  /** The least delay after an outcome that nobody knows; default 15 minutes. */
  public MxRelayBuilder patience(Duration afterUncertain) {
    this.patience = afterUncertain;
    return this;
  }

  /** How long {@link MxRelay#close()} waits; default 25 s. */
  public MxRelayBuilder closeWithin(Duration atMost) {
    this.closeWithin = atMost;
    return this;
  }

  /**
   * Where the time comes from that is stored and told; taken at its word. Default: the system's
   * clock, whose jumps are not believed unless they last.
   */
  public MxRelayBuilder clock(InstantSource source) {
    this.clock = source;
    return this;
  }

  /**
   * Nanoseconds that only go forward, by which leases are ours; default: {@link System#nanoTime}.
   */
  public MxRelayBuilder monotonic(LongSupplier nanos) {
    this.monotonic = nanos;
    return this;
  }

  /** Draws jitter and ids; drawn from by one thread at a time. */
  public MxRelayBuilder random(RandomGenerator source) {
    this.random = source;
    return this;
  }

  /**
   * Makes the relay's threads; default: virtual ones where the JVM has them, else daemons, so that
   * a relay alone keeps no process alive.
   */
  public MxRelayBuilder threads(ThreadFactory factory) {
    this.threads = factory;
    return this;
  }

  /**
   * Whom the log names, which has a line an event with key-value pairs, under the name {@code
   * org.mxrelay.smtp.mail}; default: nobody, {@link LogDetail#IDS}.
   */
  public MxRelayBuilder log(LogDetail detail) {
    this.log = detail;
    return this;
  }

  /**
   * Where numbers go, such as {@link org.mxrelay.smtp.metrics.MicrometerMeters}; default: nowhere.
   * A router that is given is timed by whoever makes it: {@link
   * org.mxrelay.smtp.metrics.RelayMetrics#timed(org.mxrelay.dns.MxResolver)}.
   */
  public MxRelayBuilder meters(Meters to) {
    this.meters = to;
    return this;
  }

  /**
   * Starts to deliver.
   *
   * @throws IllegalStateException if there is no queue
   * @throws IllegalArgumentException if an option is out of its range, naming it and its value
   * @throws org.mxrelay.smtp.queue.QueueInUse if another engine delivers from the queue
   */
  public MxRelay start() {
    DeliveryQueue store = required(queue);
    OptionCheck.helo(helo);
    OptionCheck.range("concurrency", concurrency);
    OptionCheck.range("laneConcurrency", laneConcurrency);
    OptionCheck.notNegative("patience", patience);
    OptionCheck.notNegative("closeWithin", closeWithin);
    Transport by = transport != null ? transport : client();
    Watching watching = new Watching(listeners, log, meters, times());
    Router routes = router != null ? router : watching.router();
    try {
      return new MxRelay(parts(watching, store, routes, by), store, watching.pulse(), closeWithin);
    } catch (RuntimeException e) {
      closeOurOwn(routes, by);
      throw e;
    }
  }

  private Transport client() {
    return SmtpTransport.builder().helo(helo).self(self.toArray(String[]::new)).build();
  }

  private static DeliveryQueue required(@Nullable DeliveryQueue queue) {
    if (queue == null) {
      throw new IllegalStateException(
          "queue: none was given; InMemoryQueue.create() loses its mail with the process,"
              + " JdbcQueue.sqlite(file) keeps it");
    }
    return queue;
  }

  private EngineParts parts(Watching watching, DeliveryQueue store, Router routes, Transport by) {
    RetryPolicy policy = retry != null ? retry : RetryPolicy.standard();
    return new EngineParts(
        watching.around(store),
        routes,
        destinationsWord(routes),
        watching.around(by),
        new Rules(classifier, fallthrough::dispose, policy, holds, tls, patience),
        new Limits(concurrency, laneConcurrency, 1, LONGEST_ATTEMPT, rates),
        watching.times(),
        new Mailing(bounces, new ReportComposer(ReportingName.of(helo))::compose),
        watching.listeners(),
        threads != null ? threads : Threads.standard());
  }

  private TlsPolicy destinationsWord(Router routes) {
    if (tlsPolicy != null) {
      return tlsPolicy;
    }
    return routes instanceof MailRouter m ? m.tlsPolicy() : TlsPolicy.none();
  }

  private Times times() {
    LongSupplier nanos = monotonic != null ? monotonic : System::nanoTime;
    InstantSource wall = clock != null ? clock : new SteadyClock(InstantSource.system(), nanos);
    return new Times(wall, nanos, new SharedRandom(random), Times.Pause.SLEEP);
  }

  /** What the caller gave stays open for him to try again. */
  private void closeOurOwn(Router routes, Transport by) {
    if (router == null) {
      routes.close();
    }
    if (transport == null) {
      by.close();
    }
  }
}
