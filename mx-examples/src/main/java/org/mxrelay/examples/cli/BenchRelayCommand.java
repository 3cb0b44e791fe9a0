package org.mxrelay.examples.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mxrelay.examples.bench.ChildSink;
import org.mxrelay.examples.bench.Memory;
import org.mxrelay.examples.bench.RelayBench;
import org.mxrelay.testkit.ScriptedDnsServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole relay. */
@Command(
    name = "relay",
    description = {
      "How many messages a second go the whole way: durable acceptance, routing, delivery and the",
      "stored outcome. Prints one object a round; the first one is the warm-up."
    })
final class BenchRelayCommand implements Callable<Integer> {

  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--queue",
      paramLabel = "URL",
      description = "Where messages are kept. Default: a new SQLite file in the folder for files.")
  private @Nullable String queue;

  @Option(
      names = "--sink",
      paramLabel = "HOST:PORT",
      converter = ListenAddress.class,
      description = "The exchange. Default: a sink of our own, in a process of its own.")
  private @Nullable InetSocketAddress sink;

  @Option(
      names = "--dns",
      paramLabel = "HOST:PORT",
      converter = HostPort.class,
      description = {
        "A server that knows d0.bench.example and so on, with --sink as their exchange.",
        "Default: one of our own."
      })
  private @Nullable InetSocketAddress dns;

  @Option(
      names = "--domains",
      paramLabel = "N",
      description = "To which messages go in turn. Default: ${DEFAULT-VALUE}.")
  private int domains = 1;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      converter = Sizes.class,
      description = "Of a message. Default: 4k.")
  private int size = 4096;

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
      names = "--submitters",
      paramLabel = "N",
      description = "Threads that submit, each a message at a time. Default: ${DEFAULT-VALUE}.")
  private int submitters = 16;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Sessions at most. Default: ${DEFAULT-VALUE}.")
  private int concurrency = 16;

  @Option(
      names = "--backlog",
      description = "Deliver only when all is accepted, so that the backlog is large.")
  private boolean backlog;

  private final Streams streams;

  BenchRelayCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws Exception {
    check();
    if (sink != null) {
      runAt(sink);
      return ExitCodes.OK;
    }
    try (ChildSink own = ChildSink.start()) {
      runAt(own.address());
    }
    return ExitCodes.OK;
  }

  private void check() {
    Numbers.inRange("--messages", messages, 100_000_000);
    Numbers.inRange("--domains", domains, 1_000_000);
    Numbers.inRange("--submitters", submitters, 10_000);
    Numbers.inRange("--concurrency", concurrency, 10_000);
    if (rounds < 0) {
      throw UsageError.of("--rounds", String.valueOf(rounds), "must not be negative");
    }
  }

  private void runAt(InetSocketAddress exchange) throws Exception {
    if (dns != null) {
      rounds(new RelayBench.Peers(dns, exchange.getPort()));
      return;
    }
    String zone = RelayBench.zone(domains, exchange.getAddress().getHostAddress());
    try (ScriptedDnsServer own = ScriptedDnsServer.start(zone)) {
      rounds(new RelayBench.Peers(own.address(), exchange.getPort()));
    }
  }

  private void rounds(RelayBench.Peers peers) throws Exception {
    RelayBench.Load load = new RelayBench.Load(messages, size, domains, submitters, concurrency);
    Output out = output.to(streams.out());
    for (int round = 0; round <= rounds; round++) {
      JsonObject line = record(round, round(new RelayBench(load, peers)));
      out.print(line, BenchRelayCommand::text);
    }
  }

  private RelayBench.Result round(RelayBench bench) throws Exception {
    RelayBench.Order order = backlog ? RelayBench.Order.BACKLOG : RelayBench.Order.MIXED;
    if (queue != null) {
      return bench.run(new QueueUrl(queue).open().queue(), order);
    }
    Path folder = Files.createTempDirectory("mx-bench");
    try {
      return bench.run(new QueueUrl("sqlite:" + folder.resolve("queue.db")).open().queue(), order);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private JsonObject record(int round, RelayBench.Result result) {
    return new JsonLine()
        .put("bench", "relay")
        .put("round", round)
        .put("warmUp", round == 0)
        .put("queue", queue == null ? "sqlite" : queue)
        .put("messages", messages)
        .put("size", size)
        .put("domains", domains)
        .put("backlog", backlog)
        .put("acceptPerSecond", Math.round(result.accept().perSecond()))
        .put("acceptCpuSecondsPerThousand", BenchNumbers.rounded(result.accept().cpuPerThousand()))
        .put("perSecond", Math.round(result.deliver().perSecond()))
        .put("cpuSecondsPerThousand", BenchNumbers.rounded(result.deliver().cpuPerThousand()))
        .put("peakRssMiB", Memory.peakRss() >> 20)
        .done();
  }

  private static String text(JsonObject line) {
    return String.format(
        "round %d: %7d accepted/s, %7d delivered/s at %.4f CPU-s a thousand, peak RSS %d MiB%s",
        line.get("round").getAsInt(),
        line.get("acceptPerSecond").getAsLong(),
        line.get("perSecond").getAsLong(),
        line.get("cpuSecondsPerThousand").getAsDouble(),
        line.get("peakRssMiB").getAsLong(),
        line.get("warmUp").getAsBoolean() ? " (warm-up)" : "");
  }
}
