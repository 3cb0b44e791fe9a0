package org.mxrelay.examples.cli;

import com.google.gson.JsonObject;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mxrelay.examples.bench.dns.DnsBench;
import org.mxrelay.examples.bench.dns.LocalDns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The DNS client beside bare dnsjava. */
@Command(
    name = "dns",
    description = {
      "How many lookups a second the DNS client makes, and dnsjava's resolver alone in the same run,",
      "in turns. No name is asked for twice."
    })
final class BenchDnsCommand implements Callable<Integer> {

  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--dns",
      paramLabel = "HOST:PORT",
      converter = HostPort.class,
      description = "The server; must have an exchange for any name. Default: one of our own.")
  private @Nullable InetSocketAddress dns;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "Lookups at a time. Default: ${DEFAULT-VALUE}.")
  private int inFlight = 64;

  @Option(
      names = "--lookups",
      paramLabel = "N",
      description = "A round. Default: ${DEFAULT-VALUE}.")
  private int lookups = 20_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "That count, after one that does not. Default: ${DEFAULT-VALUE}.")
  private int rounds = 5;

  private final Streams streams;

  BenchDnsCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException {
    Numbers.inRange("--in-flight", inFlight, 1000);
    Numbers.inRange("--lookups", lookups, 10_000_000);
    Numbers.inRange("--rounds", rounds, 1000);
    if (dns != null) {
      run(dns);
      return ExitCodes.OK;
    }
    try (LocalDns own = LocalDns.start()) {
      run(own.address());
    }
    return ExitCodes.OK;
  }

  private void run(InetSocketAddress server) throws InterruptedException {
    DnsBench.Result result = new DnsBench(server, inFlight, lookups, rounds).run();
    output.to(streams.out()).print(record(result), BenchDnsCommand::text);
  }

  private JsonObject record(DnsBench.Result result) {
    return new JsonLine()
        .put("bench", "dns")
        .put("inFlight", inFlight)
        .put("lookups", lookups)
        .put("rounds", rounds)
        .put("perSecond", Math.round(result.ours().perSecond()))
        .put("dnsjavaPerSecond", Math.round(result.bare().perSecond()))
        .put("ratio", Math.round(result.ratio() * 1000) / 1000.0)
        .put("cpuMicros", Math.round(result.ours().cpuMicros()))
        .put("dnsjavaCpuMicros", Math.round(result.bare().cpuMicros()))
        .done();
  }

  private static String text(JsonObject line) {
    return String.format(
        "%d lookups/s (%d µs CPU each), dnsjava alone %d (%d µs): %.3f of it",
        line.get("perSecond").getAsLong(),
        line.get("cpuMicros").getAsLong(),
        line.get("dnsjavaPerSecond").getAsLong(),
        line.get("dnsjavaCpuMicros").getAsLong(),
        line.get("ratio").getAsDouble());
  }
}
