package org.mxrelay.examples.cli;

import com.google.gson.JsonObject;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mxrelay.examples.bench.ChildSink;
import org.mxrelay.examples.bench.ClientBench;
import org.mxrelay.examples.bench.DelayProxy;
import org.mxrelay.examples.bench.Measured;
import org.mxrelay.examples.bench.Rounds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The SMTP client alone. */
@Command(
    name = "client",
    description = {
      "How many messages a second leave through the SMTP client, and through Angus Mail in the"
          + " same",
      "run, in turns. mxrelay uses BDAT where it is offered, mxrelay-data never."
    })
final class BenchClientCommand implements Callable<Integer> {

  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--sink",
      paramLabel = "HOST:PORT",
      converter = ListenAddress.class,
      description = "The server. Default: a sink of our own, in a process of its own.")
  private @Nullable InetSocketAddress sink;

  @Option(
      names = "--connections",
      paramLabel = "N",
      split = ",",
      description = "At a time; several are measured one after the other. Default: 1,16,64.")
  private List<Integer> connections = List.of(1, 16, 64);

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      split = ",",
      converter = Sizes.class,
      description = "Of a message; several are measured one after the other. Default: 4k,50k.")
  private List<Integer> sizes = List.of(4096, 51_200);

  @Option(
      names = "--messages",
      paramLabel = "N",
      description = "A round. Default: ${DEFAULT-VALUE}.")
  private int messages = 20_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "That count, after one that does not. Default: ${DEFAULT-VALUE}.")
  private int rounds = 3;

  @Option(
      names = "--latency",
      paramLabel = "D",
      converter = DurationOption.class,
      description =
          "Makes each round trip so much longer, and tells how many a message takes. Default:"
              + " none.")
  private Duration latency = Duration.ZERO;

  @Option(names = "--starttls", description = "Under TLS.")
  private boolean startTls;

  @Option(names = "--no-angus", description = "Without Angus.")
  private boolean noAngus;

  private final Streams streams;

  BenchClientCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws Exception {
    Numbers.inRange("--messages", messages, 100_000_000);
    Numbers.inRange("--rounds", rounds, 1000);
    connections.forEach(n -> Numbers.inRange("--connections", n, 10_000));
    if (sink != null) {
      run(sink);
      return ExitCodes.OK;
    }
    try (ChildSink own = startTls ? ChildSink.start("--starttls") : ChildSink.start()) {
      run(own.address());
    }
    return ExitCodes.OK;
  }

  private void run(InetSocketAddress server) throws Exception {
    if (latency.isZero()) {
      runAt(server);
      return;
    }
    try (DelayProxy proxy = DelayProxy.start(server, latency)) {
      runAt(proxy.address());
    }
  }

  private void runAt(InetSocketAddress server) throws Exception {
    Output out = output.to(streams.out());
    for (int size : sizes) {
      for (int n : connections) {
        ClientBench.Load load = new ClientBench.Load(server, n, size, messages, security());
        new ClientBench(load, rounds)
            .run(angus(), result -> out.print(record(result), BenchClientCommand::text));
      }
    }
  }

  private ClientBench.Rivals angus() {
    return noAngus ? ClientBench.Rivals.NONE : ClientBench.Rivals.ANGUS;
  }

  private ClientBench.Security security() {
    return startTls ? ClientBench.Security.STARTTLS : ClientBench.Security.NONE;
  }

  private JsonObject record(ClientBench.Result result) {
    Rounds all = result.rounds();
    Measured median = all.median();
    JsonObject line = common(result, all, median);
    if (!latency.isZero()) {
      line.addProperty("roundTrips", Math.round(result.roundTrips(latency) * 10) / 10.0);
    }
    return line;
  }

  private JsonObject common(ClientBench.Result result, Rounds all, Measured median) {
    return new JsonLine()
        .put("bench", "client")
        .put("client", result.client())
        .put("connections", result.load().connections())
        .put("size", result.load().size())
        .put("messages", result.load().messages())
        .put("tls", startTls)
        .put("latencyMillis", latency.toMillis())
        .put("perSecond", Math.round(median.perSecond()))
        .put("slowest", Math.round(all.slowest().perSecond()))
        .put("fastest", Math.round(all.fastest().perSecond()))
        .put("cpuSecondsPerThousand", BenchNumbers.rounded(median.cpuPerThousand()))
        .done();
  }

  private static String text(JsonObject line) {
    String trips =
        line.has("roundTrips")
            ? String.format(", %.1f round trips a message", line.get("roundTrips").getAsDouble())
            : "";
    return String.format(
        "%-14s %3d connections, %6d octets: %8d messages/s (%d to %d), %.4f CPU-s a thousand%s",
        line.get("client").getAsString(),
        line.get("connections").getAsInt(),
        line.get("size").getAsInt(),
        line.get("perSecond").getAsLong(),
        line.get("slowest").getAsLong(),
        line.get("fastest").getAsLong(),
        line.get("cpuSecondsPerThousand").getAsDouble(),
        trips);
  }
}
