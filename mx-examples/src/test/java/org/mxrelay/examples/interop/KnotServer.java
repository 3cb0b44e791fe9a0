package org.mxrelay.examples.interop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mxrelay.testkit.Peers;

/** Knot DNS, authoritative for one zone on a loopback port. */
final class KnotServer implements AutoCloseable {

  private static final String CONFIGURATION =
      """
      server:
          rundir: %1$s
          listen: 127.0.0.1@%2$d
      log:
        - target: stderr
          any: warning
      database:
          storage: %1$s
      template:
        - id: default
          storage: %1$s
          file: "%%s.zone"
      zone:
        - domain: %3$s
      """;

  private final Daemon daemon;
  private final InetSocketAddress address;

  private KnotServer(Daemon daemon, InetSocketAddress address) {
    this.daemon = daemon;
    this.address = address;
  }

  /**
   * Serves a zone.
   *
   * @param records in master file form, without SOA and NS
   */
  static KnotServer start(Path folder, String origin, String records) throws IOException {
    Path knotd = Peers.need("knot", "knotd");
    Files.createDirectories(folder);
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", Ports.free());
    Files.writeString(
        folder.resolve(origin + ".zone"),
        "$ORIGIN "
            + origin
            + ".\n$TTL 300\n@ SOA ns hostmaster 1 3600 600 86400 60\n"
            + "@ NS ns\nns A 127.0.0.1\n"
            + records);
    Path configuration = folder.resolve("knot.conf");
    Files.writeString(configuration, CONFIGURATION.formatted(folder, address.getPort(), origin));
    Daemon daemon = Daemon.start(folder, List.of(knotd.toString(), "-c", configuration.toString()));
    return new KnotServer(daemon.awaitPort(address), address);
  }

  String address() {
    return "127.0.0.1:" + address.getPort();
  }

  @Override
  public void close() {
    daemon.close();
  }
}
