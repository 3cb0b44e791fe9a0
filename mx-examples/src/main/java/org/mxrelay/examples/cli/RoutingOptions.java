package org.mxrelay.examples.cli;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.MailRouter;
import org.mxrelay.dns.DnsClient;
import org.mxrelay.routing.AddressPolicy;
import picocli.CommandLine.Option;

/** Who is asked where mail goes, and what of the answer may be used. */
final class RoutingOptions {

  @Option(
      names = "--dns",
      paramLabel = "HOST:PORT",
      converter = HostPort.class,
      description = "A DNS server to ask; repeatable. Default: the system's.")
  private List<InetSocketAddress> dns = new ArrayList<>();

  @Option(
      names = "--self",
      paramLabel = "NAME",
      description = "A name or address of ours, for the removal of loops; repeatable.")
  private List<String> self = new ArrayList<>();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The exchanges' port. Default: ${DEFAULT-VALUE}.")
  private int port = 25;

  @Option(
      names = "--smart-host",
      paramLabel = "HOST[:PORT]",
      description = "Send all mail to this host, whatever the DNS says; repeatable, in order.")
  private List<String> smartHosts = new ArrayList<>();

  @Option(
      names = "--allow-private",
      description = "Connect to loopback, private and other addresses that are not public.")
  private boolean allowPrivate;

  @Option(
      names = "--serve-stale",
      paramLabel = "D",
      converter = DurationOption.class,
      description = "Use old DNS answers for so long while the DNS fails. Default: never.")
  private Duration serveStale = Duration.ZERO;

  MailRouter router(TlsOptions tls) {
    MailRouter.Builder builder = MailRouter.builder().port(port()).addressPolicy(addressPolicy());
    builder.serveStale(serveStale());
    dns.forEach(builder::dns);
    self.forEach(name -> addSelf(builder, name));
    smartHosts(builder);
    tls.applyTo(builder);
    return builder.build();
  }

  private void smartHosts(MailRouter.Builder builder) {
    if (smartHosts.isEmpty()) {
      return;
    }
    try {
      builder.smartHost(smartHosts.toArray(String[]::new));
    } catch (IllegalArgumentException e) {
      throw UsageError.of("--smart-host", String.join(" ", smartHosts), Failures.reason(e));
    }
  }

  /** Whether all mail goes to a host of the owner's. */
  boolean hasSmartHost() {
    return !smartHosts.isEmpty();
  }

  private Duration serveStale() {
    try {
      DnsClient.builder().serveStale(serveStale);
      return serveStale;
    } catch (IllegalArgumentException e) {
      throw UsageError.of("--serve-stale", serveStale.toString(), Failures.reason(e));
    }
  }

  /** A client that asks the same servers, and believes whom these options say. */
  DnsClient dnsClient(TlsOptions tls) {
    DnsClient.Builder client = DnsClient.builder().serveStale(serveStale());
    dns.forEach(client::server);
    tls.dnssec().ifPresent(client::dnssec);
    return client.build();
  }

  /** The exchanges' port. */
  int port() {
    return Numbers.inRange("--port", port, 65535);
  }

  /** Which addresses may be connected to. */
  AddressPolicy addressPolicy() {
    return allowPrivate ? AddressPolicy.allowAll() : AddressPolicy.publicOnly();
  }

  private static void addSelf(MailRouter.Builder builder, String name) {
    try {
      builder.self(name);
    } catch (IllegalArgumentException e) {
      throw UsageError.of("--self", name, Failures.reason(e));
    }
  }

  /** Our own names and addresses; those that are neither are refused by {@link #router}. */
  String[] self() {
    return self.toArray(String[]::new);
  }

  /** The first of our own names, if one was given. */
  Optional<String> firstSelf() {
    return self.stream().findFirst();
  }
}
