package org.mxrelay.dns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The servers in the order to ask them: as configured, but those that were silent lately last, so
 * that a dead server costs one try and not one a question. Thread-safe.
 */
final class ServerList {

  private static final Duration REST = Duration.ofSeconds(30);

  private final Supplier<List<DnsServer>> source;
  private final Function<DnsServer, Upstream> open;
  private final InstantSource clock;
  private final Map<DnsServer, Upstream> opened = new ConcurrentHashMap<>();
  private final Map<DnsServer, Instant> silentSince = new ConcurrentHashMap<>();

  ServerList(
      Supplier<List<DnsServer>> source, Function<DnsServer, Upstream> open, InstantSource clock) {
    this.source = source;
    this.open = open;
    this.clock = clock;
  }

  List<Upstream> inOrder() {
    List<DnsServer> servers = source.get();
    opened.keySet().retainAll(servers);
    silentSince.keySet().retainAll(servers);
    Instant now = clock.instant();
    List<Upstream> ready = new ArrayList<>();
    List<Upstream> resting = new ArrayList<>();
    for (DnsServer server : servers) {
      (rests(server, now) ? resting : ready).add(opened.computeIfAbsent(server, open));
    }
    ready.addAll(resting);
    return ready;
  }

  private boolean rests(DnsServer server, Instant now) {
    Instant since = silentSince.get(server);
    // A clock that was set back must not make the rest longer.
    return since != null && !now.isBefore(since) && now.isBefore(since.plus(REST));
  }

  void wasSilent(DnsServer server) {
    silentSince.put(server, clock.instant());
  }

  void wasHeard(DnsServer server) {
    silentSince.remove(server);
  }
}
