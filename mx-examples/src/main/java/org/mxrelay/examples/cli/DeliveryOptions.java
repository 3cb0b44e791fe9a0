package org.mxrelay.examples.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.routing.Fallthrough;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.MxRelayBuilder;
import org.mxrelay.smtp.backup.BackupMx;
import org.mxrelay.smtp.backup.BackupMxBuilder;
import org.mxrelay.smtp.client.SmtpTimeouts;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.transport.Transport;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How messages are delivered. */
final class DeliveryOptions {

  @Mixin private RoutingOptions routing = new RoutingOptions();
  @Mixin private TlsOptions tls = new TlsOptions();
  @Mixin private RetryOptions retry = new RetryOptions();
  @Mixin private SmartHostOptions smartHost = new SmartHostOptions();
  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Mixin private RateOptions rates = new RateOptions();

  @Option(
      names = "--helo",
      paramLabel = "NAME",
      description = "What EHLO says. Default: the first --self, else the host's name.")
  private @Nullable String helo;

  @Option(
      names = "--fallthrough",
      paramLabel = "standard|any|none",
      description = "Which refusals go on to another exchange. Default: standard.")
  private Fallthrough fallthrough = Fallthrough.STANDARD;

  @Option(
      names = "--timeout-scale",
      paramLabel = "X",
      description = "Multiplies every SMTP timeout and the patience after an uncertain outcome.")
  private double timeoutScale = 1;

  @Option(
      names = "--transport",
      paramLabel = "NAME[:KEY=VALUE,...]",
      description =
          "Who makes the attempts: smtp, angus, or another that is on the path. --helo, --self and"
              + " --timeout-scale count for those that know them; --trust for the default alone."
              + " Default: smtp.")
  private @Nullable String transport;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Sessions at most in all, but those that take long. Default: ${DEFAULT-VALUE}.")
  private int concurrency = 64;

  @Option(
      names = "--lane-concurrency",
      paramLabel = "N",
      description = "Sessions at most with one set of exchanges. Default: ${DEFAULT-VALUE}.")
  private int laneConcurrency = 20;

  @Option(
      names = "--close-within",
      paramLabel = "D",
      converter = DurationOption.class,
      description = "How long to wait for what is under way when stopped. Default: 25s.")
  private Duration closeWithin = Duration.ofSeconds(25);

  /** A relay with all of the options, that lacks its queue and its listeners. */
  MxRelayBuilder relay() {
    requireScale();
    String name = name();
    return working(MxRelay.builder())
        .helo(name)
        .router(routing.router(tls))
        .transport(transport(name))
        .retry(retry.byDestination())
        .fallthrough(fallthrough)
        .tls(tls.demand());
  }

  /** How many sessions there are, how fast they follow, and how patient they are. */
  private MxRelayBuilder working(MxRelayBuilder relay) {
    rates.limits().forEach(relay::rate);
    return relay
        .concurrency(Numbers.inRange("--concurrency", concurrency, 10_000))
        .closeWithin(closeWithin)
        .laneConcurrency(Numbers.inRange("--lane-concurrency", laneConcurrency, 10_000))
        .patience(scaled(Duration.ofMinutes(15)));
  }

  /** A backup with those of the options that concern it, that lacks its role and its queue. */
  BackupMxBuilder backup() {
    requireScale();
    String name = backupName();
    String[] self = routing.self().length > 0 ? routing.self() : new String[] {name};
    BackupMxBuilder builder =
        BackupMx.builder()
            .helo(name)
            .self(self)
            .resolver(routing.dnsClient(tls))
            .routing(
                router -> {
                  tls.applyPoliciesTo(router);
                  return router.port(routing.port()).addressPolicy(routing.addressPolicy());
                })
            .tls(tls.demand())
            .client(client -> client(client, timeoutScale))
            .forwarding(relay -> working(relay).fallthrough(fallthrough));
    retry.given().ifPresent(builder::retry);
    retry.noticeGiven().ifPresent(builder::delayNotice);
    return timeoutScale == 1
        ? builder
        : builder.timeouts(SmtpTimeouts.RFC5321.scaled(timeoutScale));
  }

  private SmtpTransport.Builder client(SmtpTransport.Builder client, double scale) {
    tls.trust().ifPresent(client::trust);
    return client.connector(connection.connector()).timeouts(SmtpTimeouts.RFC5321.scaled(scale));
  }

  /** What a backup calls itself: it must have a name. */
  String backupName() {
    String name = name();
    if (name.isEmpty()) {
      throw new UsageError("this host's name is not known: give it as --helo or --self");
    }
    return name;
  }

  /** A transport that speaks as all commands do, and is as much less patient as that. */
  SmtpTransport transport(double patience) {
    requireScale();
    return smtp(name(), timeoutScale * patience);
  }

  RoutingOptions routing() {
    return routing;
  }

  TlsOptions tls() {
    return tls;
  }

  private void requireScale() {
    if (!(timeoutScale > 0) || timeoutScale > 1000) {
      throw UsageError.of(
          "--timeout-scale", String.valueOf(timeoutScale), "must be more than 0, at most 1000");
    }
  }

  private String name() {
    return helo == null ? defaultHelo() : helo;
  }

  private Transport transport(String name) {
    if (transport == null) {
      return smtp(name, timeoutScale);
    }
    if (smartHost.areGiven() || connection.areGiven()) {
      throw UsageError.of(
          "--transport",
          transport,
          "takes logins, proxies and source addresses as KEY=VALUE of its own");
    }
    return NamedTransport.open(transport, defaults(name));
  }

  /** What a transport that is named need not be told again. */
  private Map<String, String> defaults(String name) {
    return Map.of(
        "helo", name,
        "self", String.join(" ", routing.self()),
        "timeout-scale", String.valueOf(timeoutScale));
  }

  private SmtpTransport smtp(String name, double scale) {
    if (smartHost.areGiven() && !routing.hasSmartHost()) {
      throw UsageError.of("--smart-host", "", "is missing, and without it nobody is spoken to so");
    }
    try {
      return client(SmtpTransport.builder(), scale)
          .smartHost(smartHost.smartHost())
          .helo(name)
          .self(routing.self())
          .build();
    } catch (InvalidAddressException e) {
      throw UsageError.of("--helo", name, e.why());
    }
  }

  private Duration scaled(Duration full) {
    return Duration.ofMillis(Math.round(full.toMillis() * timeoutScale));
  }

  private String defaultHelo() {
    return routing
        .firstSelf()
        .filter(DeliveryOptions::isQualified)
        .orElseGet(DeliveryOptions::host);
  }

  /** The host's name if it is one that others may know; else nothing, which is the literal. */
  private static String host() {
    // Asks the DNS on some hosts, which must not keep mail waiting where the DNS is out of order.
    return CompletableFuture.supplyAsync(DeliveryOptions::canonicalName)
        .completeOnTimeout("", 1, TimeUnit.SECONDS)
        .thenApply(name -> isQualified(name) ? name : "")
        .join();
  }

  private static String canonicalName() {
    try {
      return InetAddress.getLocalHost().getCanonicalHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }

  private static boolean isQualified(String name) {
    return name.contains(".")
        && name.chars().anyMatch(c -> Character.isLetter(c))
        && !name.contains(":");
  }
}
