package org.mxrelay.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * Knot, which signs and serves zones, and Unbound, which resolves and validates them, on loopback.
 * The zone {@code bogus.test} is given a trust anchor that does not fit; {@code plain.test} is not
 * signed; Knot refuses to serve {@code lame.test}; Unbound refuses to speak of {@code
 * refused.test}. Each has an exchange {@code mx} at 192.0.2.1, and what the test adds.
 *
 * <p>A test for which they are not installed is skipped. Safe for use by several threads.
 */
public final class NameServers implements AutoCloseable {

  private static final List<String> SIGNED = List.of("secure.test", "bogus.test");
  private static final List<String> ZONES =
      List.of("secure.test", "bogus.test", "plain.test", "matrix.test");
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final Path dir;
  private final Map<String, String> records;
  private final String anchors;
  private final List<Process> processes = new ArrayList<>();
  private final InetSocketAddress knot = freeAddress();
  private final InetSocketAddress unbound = freeAddress();

  /**
   * Starts both.
   *
   * @param dir for their files; empty
   * @param records added to zones, by the zone, relative to it
   * @throws IOException if they do not start
   */
  public NameServers(Path dir, Map<String, String> records) throws IOException {
    this.dir = dir;
    this.records = Map.copyOf(records);
    Path knotd = Peers.need("knot", "knotd");
    Path unboundd = Peers.need("unbound", "unbound");
    try {
      Files.writeString(dir.resolve("knot.conf"), knotConf());
      start(knotd, "-c", dir.resolve("knot.conf").toString());
      anchors = keyOf("secure.test.");
      Files.writeString(
          dir.resolve("anchors"), anchors + anchors.replaceAll("secure\\.test", "bogus.test"));
      Files.writeString(dir.resolve("unbound.conf"), unboundConf());
      start(unboundd, "-d", "-c", dir.resolve("unbound.conf").toString());
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** The key of {@code secure.test}, as in a zone file. */
  public String anchors() {
    return anchors;
  }

  /** Knot. */
  public InetSocketAddress authority() {
    return knot;
  }

  /** Unbound. */
  public InetSocketAddress resolver() {
    return unbound;
  }

  private static InetSocketAddress freeAddress() {
    try (ServerSocket probe =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return (InetSocketAddress) probe.getLocalSocketAddress();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void start(Path program, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(options));
    processes.add(
        new ProcessBuilder(command)
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve(program.getFileName() + ".log").toFile())
            .start());
  }

  private String knotConf() throws IOException {
    StringBuilder conf =
        new StringBuilder(
            """
            server:
              rundir: "DIR"
              listen: 127.0.0.1@PORT
            database:
              storage: "DIR"
            log:
              - target: stderr
                any: warning
            policy:
              - id: signed
                algorithm: ecdsap256sha256
                single-type-signing: on
            zone:
            """);
    for (String zone : ZONES) {
      Files.writeString(dir.resolve(zone), zoneText(zone) + records.getOrDefault(zone, ""));
      conf.append("  - domain: ").append(zone).append("\n    file: \"DIR/").append(zone);
      conf.append("\"\n    zonefile-sync: -1\n    journal-content: none\n");
      if (SIGNED.contains(zone)) {
        conf.append("    dnssec-signing: on\n    dnssec-policy: signed\n");
      }
    }
    return conf.toString()
        .replace("DIR", dir.toString())
        .replace("PORT", String.valueOf(knot.getPort()));
  }

  private static String zoneText(String zone) {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      many.append("many 300 MX ").append(i).append(" h").append(i).append(".example.org.\n");
    }
    return """
        $ORIGIN ZONE.
        $TTL 300
        @ SOA ns hostmaster 1 3600 600 86400 120
        @ NS ns
        ns A 127.0.0.1
        @ MX 10 mx
        mx A 192.0.2.1
        mx AAAA 2001:db8::1
        null MX 0 .
        alias CNAME ZONE.
        away CNAME plain.test.
        gone CNAME nothing
        """
            .replace("ZONE", zone)
        + many;
  }

  private String keyOf(String zone) throws IOException {
    SimpleResolver client = new SimpleResolver(knot);
    client.setTimeout(Duration.ofSeconds(1));
    Record question = Record.newRecord(Name.fromString(zone), Type.DNSKEY, DClass.IN);
    long start = System.nanoTime();
    while (System.nanoTime() - start < START_LIMIT.toNanos()) {
      try {
        Message answer = client.send(Message.newQuery(question));
        if (!answer.getSection(Section.ANSWER).isEmpty()) {
          return answer.getSection(Section.ANSWER).stream()
              .map(r -> r + "\n")
              .collect(Collectors.joining());
        }
      } catch (IOException e) {
        continue; // not up yet
      }
    }
    throw new IOException("knotd does not answer: " + Files.readString(dir.resolve("knotd.log")));
  }

  private String unboundConf() {
    return """
        server:
          directory: "DIR"
          chroot: ""
          username: ""
          pidfile: ""
          use-syslog: no
          interface: 127.0.0.1@UNBOUND
          do-not-query-localhost: no
          num-threads: 1
          outgoing-range: 64
          local-zone: "test." transparent
          local-zone: "refused.test." refuse
          module-config: "validator iterator"
          trust-anchor-file: "DIR/anchors"
        remote-control:
          control-enable: no
        stub-zone:
          name: "secure.test"
          stub-addr: 127.0.0.1@KNOT
        stub-zone:
          name: "bogus.test"
          stub-addr: 127.0.0.1@KNOT
        stub-zone:
          name: "plain.test"
          stub-addr: 127.0.0.1@KNOT
        stub-zone:
          name: "matrix.test"
          stub-addr: 127.0.0.1@KNOT
        stub-zone:
          name: "lame.test"
          stub-addr: 127.0.0.1@KNOT
        """
        .replace("DIR", dir.toString())
        .replace("UNBOUND", String.valueOf(unbound.getPort()))
        .replace("KNOT", String.valueOf(knot.getPort()));
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      try {
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
