package org.mxrelay.examples.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.IpAddress;
import org.mxrelay.smtp.client.Credentials;
import org.mxrelay.smtp.transport.Connector;
import org.mxrelay.smtp.transport.ProxyProtocol;
import org.mxrelay.smtp.transport.Socks5;
import picocli.CommandLine.Option;

/** From where, and through whom, connections are made. */
final class ConnectionOptions {

  enum Header {
    V1,
    V2
  }

  @Option(
      names = "--source-address",
      paramLabel = "ADDRESS",
      description =
          "Connect from this address of the host's (with --proxy-via: of the proxy's); one IPv4 and"
              + " one IPv6 at most.")
  private List<String> sources = new ArrayList<>();

  @Option(
      names = "--socks5",
      paramLabel = "HOST:PORT",
      converter = ListenAddress.class,
      description = "Connect through this SOCKS 5 proxy.")
  private @Nullable InetSocketAddress socks;

  @Option(
      names = "--socks5-user",
      paramLabel = "NAME",
      description = "Who to log in as at the SOCKS proxy.")
  private @Nullable String socksUser;

  @Option(
      names = "--socks5-password-file",
      paramLabel = "FILE",
      description = "A file whose first line is the password for the SOCKS proxy.")
  private @Nullable Path socksPassword;

  @Option(
      names = "--proxy-protocol",
      paramLabel = "v1|v2",
      description = "Begin each connection with a header of HAProxy's PROXY protocol.")
  private @Nullable Header header;

  @Option(
      names = "--proxy-via",
      paramLabel = "HOST:PORT",
      converter = ListenAddress.class,
      description =
          "The proxy that reads that header and connects on, from a --source-address of its own."
              + " Default: the exchange itself reads it.")
  private @Nullable InetSocketAddress via;

  /** Whether any was given. */
  boolean areGiven() {
    return !sources.isEmpty()
        || Stream.of(socks, socksUser, socksPassword, header, via).anyMatch(o -> o != null);
  }

  Connector connector() {
    if (via != null) {
      return proxy(required("--proxy-protocol", header, "--proxy-via")).via(via, addresses());
    }
    Connector direct = sources.isEmpty() ? Connector.direct() : Connector.from(addresses());
    if (header != null) {
      return proxy(header).over(throughSocks(direct));
    }
    return throughSocks(direct);
  }

  private static ProxyProtocol proxy(Header version) {
    return version == Header.V1 ? ProxyProtocol.v1() : ProxyProtocol.v2();
  }

  private Connector throughSocks(Connector direct) {
    if (socks == null) {
      return direct;
    }
    Socks5 proxy = Socks5.at(socks).over(direct);
    if (socksUser == null) {
      return proxy;
    }
    Path file = required("--socks5-password-file", socksPassword, "--socks5-user");
    return proxy.login(
        socksUser,
        Credentials.firstLineOf(SmartHostOptions.readable("--socks5-password-file", file)));
  }

  private static <T> T required(String option, @Nullable T value, String beside) {
    if (value == null) {
      throw UsageError.of(option, "", "is missing beside " + beside);
    }
    return value;
  }

  private InetAddress[] addresses() {
    InetAddress[] addresses =
        sources.stream().map(ConnectionOptions::address).toArray(InetAddress[]::new);
    try {
      Connector.from(addresses);
      return addresses;
    } catch (IllegalArgumentException e) {
      throw UsageError.of("--source-address", String.join(" ", sources), Failures.reason(e));
    }
  }

  private static InetAddress address(String text) {
    return IpAddress.find(text)
        .orElseThrow(() -> UsageError.of("--source-address", text, "not an IP address"));
  }
}
