package org.mxrelay.dns;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Which servers a client asks, and whose AD flag it believes. */
final class ServerSource {

  private ServerSource() {}

  static Supplier<List<DnsServer>> named(List<InetSocketAddress> servers, AdTrust whose) {
    List<DnsServer> fixed =
        servers.stream()
            .map(address -> new DnsServer(address, false))
            .map(server -> decide(server, server.isLoopback(), whose))
            .distinct()
            .toList();
    List<DnsServer> agreed = agreed(fixed);
    return () -> agreed;
  }

  static Supplier<List<DnsServer>> system(AdTrust whose, InstantSource clock) {
    SystemServers system = SystemServers.ofThisHost(clock);
    return () ->
        agreed(
            system.get().stream()
                .map(server -> decide(server, server.adTrusted(), whose))
                .toList());
  }

  /**
   * Trusts all or none: a forged answer is SERVFAIL to a server that validates, and would then be
   * had from the next one that does not, as if there were no DNSSEC.
   */
  private static List<DnsServer> agreed(List<DnsServer> servers) {
    return servers.stream().allMatch(DnsServer::adTrusted)
        ? servers
        : servers.stream().map(server -> new DnsServer(server.address(), false)).toList();
  }

  private static DnsServer decide(DnsServer server, boolean local, AdTrust whose) {
    return switch (whose) {
      case LOCAL -> new DnsServer(server.address(), local);
      case NEVER -> new DnsServer(server.address(), false);
      case ALWAYS -> new DnsServer(server.address(), true);
    };
  }
}
