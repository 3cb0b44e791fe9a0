package org.mxrelay.examples.cli;

import com.google.gson.JsonObject;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mxrelay.examples.bench.BenchDomains;
import org.mxrelay.examples.bench.ChildSink;
import org.mxrelay.examples.bench.Memory;
import org.mxrelay.examples.bench.RelayBench;
import org.mxrelay.examples.bench.Tarpit;
import org.mxrelay.testkit.ScriptedDnsServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The whole relay. */
@Command(
    name = "relay",
    description = {
      "How many messages a second go the whole way: durable acceptance, routing, delivery and the",
      "stored outcome. Prints one object a round; the first one is the warm-up."
    })
final class BenchRelayCommand implements Callable<Integer> {

  /** The exchange's own is 127.0.0.1; all of them share the port. */
  private static final String TARPIT = "127.0.0.2";

  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private BenchRelayOptions options = new BenchRelayOptions();

  private final Streams streams;

  BenchRelayCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws Exception {
    options.check();
    if (options.sink != null) {
      runAt(options.sink);
      return ExitCodes.OK;
    }
    try (ChildSink own = ChildSink.start()) {
      if (options.tarpits == 0) {
        runAt(own.address());
      } else {
        runBeside(own.address());
      }
    }
    return ExitCodes.OK;
  }

  private void runBeside(InetSocketAddress exchange) throws Exception {
    InetSocketAddress at = new InetSocketAddress(TARPIT, exchange.getPort());
    try (Tarpit tarpit = Tarpit.start(at)) {
      runIn(options.allDomains().zone(text(exchange), text(tarpit.address())), exchange);
    }
  }

  private void runAt(InetSocketAddress exchange) throws Exception {
    if (options.dns != null) {
      rounds(new RelayBench.Peers(options.dns, exchange.getPort()));
    } else {
      runIn(options.allDomains().zone(text(exchange), TARPIT), exchange);
    }
  }

  private static String text(InetSocketAddress host) {
    return host.getAddress().getHostAddress();
  }

  private void runIn(String zone, InetSocketAddress exchange) throws Exception {
    try (ScriptedDnsServer own = ScriptedDnsServer.start(zone)) {
      rounds(new RelayBench.Peers(own.address(), exchange.getPort()));
    }
  }

  private void rounds(RelayBench.Peers peers) throws Exception {
    Output out = output.to(streams.out());
    BenchDomains all = options.allDomains();
    for (int round = 0; round <= options.rounds; round++) {
      RelayBench.Result alone =
          options.tarpits == 0 ? null : round(round, all.withoutTarpits(), peers);
      JsonObject line = record(round, round(round, all, peers), alone);
      out.print(line, BenchRelayCommand::text);
    }
  }

  private RelayBench.Result round(int round, BenchDomains to, RelayBench.Peers peers)
      throws Exception {
    RelayBench bench = new RelayBench(options.load(round, to), options.hands(), peers);
    return BenchQueue.run(bench, options.order(), options.queue, options.nodes);
  }

  /**
   * @param alone without the tarpits' mail, if there are tarpits
   */
  private JsonObject record(
      int round, RelayBench.Result result, RelayBench.@Nullable Result alone) {
    JsonLine line =
        described(round).put("acceptPerSecond", Math.round(result.accept().perSecond()));
    line.put("acceptCpuSecondsPerThousand", BenchNumbers.rounded(result.accept().cpuPerThousand()))
        .put("perSecond", Math.round(result.deliver().perSecond()))
        .put("cpuSecondsPerThousand", BenchNumbers.rounded(result.deliver().cpuPerThousand()));
    if (alone != null) {
      double share = result.deliver().perSecond() / alone.deliver().perSecond();
      line.put("perSecondAlone", Math.round(alone.deliver().perSecond()))
          .put("cpuSecondsPerThousandAlone", BenchNumbers.rounded(alone.deliver().cpuPerThousand()))
          .put("lossPercent", BenchNumbers.rounded(100 * (1 - share)))
          .put("lossSeconds", BenchNumbers.rounded(seconds(result) - seconds(alone)));
    }
    return line.put("peakRssMiB", Memory.peakRss() >> 20).done();
  }

  private static double seconds(RelayBench.Result result) {
    return result.deliver().wall().toMillis() / 1e3;
  }

  private JsonLine described(int round) {
    RelayBench.Load load = options.load(round, options.allDomains());
    return new JsonLine()
        .put("bench", "relay")
        .put("round", round)
        .put("warmUp", round == 0)
        .put("queue", options.shownQueue())
        .put("nodes", options.nodes)
        .put("messages", load.messages())
        .put("delivered", load.deliver())
        .put("size", options.size)
        .put("domains", options.domains)
        .put("tarpits", options.tarpits)
        .put("backlog", options.backlog);
  }

  private static String text(JsonObject line) {
    return String.format(
        "round %d: %7d accepted/s, %7d delivered/s at %.4f CPU-s a thousand, peak RSS %d MiB%s%s",
        line.get("round").getAsInt(),
        line.get("acceptPerSecond").getAsLong(),
        line.get("perSecond").getAsLong(),
        line.get("cpuSecondsPerThousand").getAsDouble(),
        line.get("peakRssMiB").getAsLong(),
        beside(line),
        line.get("warmUp").getAsBoolean() ? " (warm-up)" : "");
  }

  private static String beside(JsonObject line) {
    return line.has("lossPercent")
        ? String.format(
            ", %.1f %% less than the %d without tarpits",
            line.get("lossPercent").getAsDouble(), line.get("perSecondAlone").getAsLong())
        : "";
  }
}
