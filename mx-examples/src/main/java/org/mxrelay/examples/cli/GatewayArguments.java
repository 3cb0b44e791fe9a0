package org.mxrelay.examples.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.mxrelay.examples.relay.GatewayOptions;
import org.mxrelay.examples.relay.PemIdentity;
import picocli.CommandLine.Option;

/** How the gateway serves its clients, and those who look after it. */
final class GatewayArguments {

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      converter = ListenAddress.class,
      required = true,
      description = "Where mail comes in; port 0 is any free one.")
  private InetSocketAddress listen = new InetSocketAddress(0);

  @Option(
      names = "--status",
      paramLabel = "HOST:PORT",
      converter = ListenAddress.class,
      description = "Where the status page is; without access control. Default: 127.0.0.1:8025.")
  private InetSocketAddress status = new InetSocketAddress("127.0.0.1", 8025);

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE.pem",
      description = "The certificate for STARTTLS, with those that vouch for it behind it.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE.pem",
      description = "Its key, in PKCS #8. Default: in the same file.")
  private @Nullable Path key;

  @Option(
      names = "--max-size",
      paramLabel = "N",
      converter = Sizes.class,
      description = "How large a message may be: 512k, 50m. Default: 50m.")
  private int size = GatewayOptions.Limits.STANDARD.size();

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Clients at a time at most. Default: ${DEFAULT-VALUE}.")
  private int connections = GatewayOptions.Limits.STANDARD.connections();

  @Option(
      names = "--client-connections",
      paramLabel = "N",
      description = "Connections of one address at most. Default: ${DEFAULT-VALUE}.")
  private int ofOne = GatewayOptions.Limits.STANDARD.connectionsOfOne();

  GatewayOptions options(String name) {
    GatewayOptions.Limits limits =
        GatewayOptions.Limits.STANDARD
            .withSize(size)
            .withConnections(
                Numbers.inRange("--connections", connections, 10_000),
                Numbers.inRange("--client-connections", ofOne, 10_000));
    return new GatewayOptions(listen, name, tls(), limits);
  }

  InetSocketAddress status() {
    return status;
  }

  private Optional<SSLContext> tls() {
    Path shown = certificate;
    if (shown == null) {
      if (key != null) {
        throw UsageError.of("--tls-key", key.toString(), "needs --tls-cert");
      }
      return Optional.empty();
    }
    try {
      return Optional.of(PemIdentity.read(shown, key == null ? shown : key));
    } catch (IOException e) {
      throw UsageError.of("--tls-cert", shown.toString(), Failures.reading(e));
    }
  }
}
