package org.mxrelay.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.xbill.DNS.ResolverConfig;

/**
 * The servers that the system is configured with, read again when its file changes. Thread-safe.
 */
final class SystemServers implements Supplier<List<DnsServer>> {

  private static final Duration LOOK_EACH = Duration.ofSeconds(30);

  private record State(List<DnsServer> servers, String stamp, Instant lookedAt) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Path file;
  private final Supplier<List<InetSocketAddress>> configured;
  private final InstantSource clock;
  private State state = new State(List.of(), "", Instant.MIN);

  SystemServers(Path file, Supplier<List<InetSocketAddress>> configured, InstantSource clock) {
    this.file = file;
    this.configured = configured;
    this.clock = clock;
  }

  static SystemServers ofThisHost(InstantSource clock) {
    // A configuration of our own: refreshing dnsjava's would change it for everybody.
    return new SystemServers(
        Path.of("/etc/resolv.conf"), () -> new ResolverConfig().servers(), clock);
  }

  @Override
  public List<DnsServer> get() {
    Instant now = clock.instant();
    lock.lock();
    try {
      if (isDue(now)) {
        String stamp = stamp();
        boolean same = stamp.equals(state.stamp()) && !state.servers().isEmpty();
        state = new State(same ? state.servers() : read(), stamp, now);
      }
      return state.servers();
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue(Instant now) {
    return state.servers().isEmpty()
        || now.isBefore(state.lookedAt())
        || !now.isBefore(state.lookedAt().plus(LOOK_EACH));
  }

  private String stamp() {
    try {
      return Files.getLastModifiedTime(file) + "/" + Files.size(file);
    } catch (IOException | SecurityException e) {
      return "none";
    }
  }

  private List<DnsServer> read() {
    ResolvConf conf = ResolvConf.read(file);
    return configured.get().stream()
        .filter(address -> !address.isUnresolved())
        .map(address -> new DnsServer(address, conf.trustsAdOf(address.getAddress())))
        .distinct()
        .toList();
  }
}
