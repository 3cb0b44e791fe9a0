package org.mxrelay.examples.cli;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.mxrelay.examples.bench.BenchDomains;
import org.mxrelay.examples.bench.RelayBench;
import picocli.CommandLine.Option;

/** What a whole relay is measured with. */
final class BenchRelayOptions {

  @Option(
      names = "--queue",
      paramLabel = "URL",
      description = "Where messages are kept. Default: a new SQLite file in the folder for files.")
  @Nullable String queue;

  @Option(
      names = "--sink",
      paramLabel = "HOST:PORT",
      converter = ListenAddress.class,
      description = "The exchange. Default: a sink of our own, in a process of its own.")
  @Nullable InetSocketAddress sink;

  @Option(
      names = "--dns",
      paramLabel = "HOST:PORT",
      converter = HostPort.class,
      description = {
        "A server that knows d0.bench.example and so on, with --sink as their exchange.",
        "Default: one of our own."
      })
  @Nullable InetSocketAddress dns;

  @Option(
      names = "--domains",
      paramLabel = "N",
      description = "To which messages go in turn. Default: ${DEFAULT-VALUE}.")
  int domains = 1;

  @Option(
      names = "--tarpits",
      paramLabel = "N",
      description = {
        "That many of the domains have exchanges that keep a connection and hardly answer. Each",
        "round is run without their mail and with it; the figures are the other domains'."
      })
  int tarpits;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Relays that share the queue, a database server's. Default: ${DEFAULT-VALUE}.")
  int nodes = 1;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      converter = Sizes.class,
      description = "Of a message. Default: 4k.")
  int size = 4096;

  @Option(
      names = "--messages",
      paramLabel = "N",
      description = "A round. Default: ${DEFAULT-VALUE}.")
  int messages = 20_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "That count, after one that does not. Default: ${DEFAULT-VALUE}.")
  int rounds = 3;

  @Option(
      names = "--submitters",
      paramLabel = "N",
      description = "Threads that submit, each a message at a time. Default: ${DEFAULT-VALUE}.")
  int submitters = 16;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Sessions at most, of each node. Default: ${DEFAULT-VALUE}.")
  int concurrency = 16;

  @Option(
      names = "--backlog",
      description = "Deliver only when all is accepted, so that the backlog is large.")
  boolean backlog;

  @Option(
      names = "--deliver",
      paramLabel = "N",
      description = {"Of the backlog; the round ends when so many are delivered. Default: all."})
  @Nullable Integer deliver;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "Messages of the first round. Default: as many as are delivered in another.")
  @Nullable Integer warmUp;

  /**
   * @throws UsageError if a value, or two of them together, cannot be used
   */
  void check() {
    Numbers.inRange("--messages", messages, 100_000_000);
    Numbers.inRange("--domains", domains, 1_000_000);
    Numbers.inRange("--submitters", submitters, 10_000);
    Numbers.inRange("--concurrency", concurrency, 10_000);
    if (rounds < 0) {
      throw refused("--rounds", rounds, "must not be negative");
    }
    if (warmUp != null) {
      Numbers.inRange("--warm-up", warmUp, 100_000_000);
    }
    checkNodes();
    checkTarpits();
    checkDeliver();
  }

  private void checkNodes() {
    Numbers.inRange("--nodes", nodes, 64);
    if (nodes > 1 && !url().isDatabase()) {
      throw refused(
          "--nodes",
          nodes,
          queueInWords() + " serves one relay; give jdbc:postgresql:... or jdbc:mariadb:...");
    }
  }

  private void checkTarpits() {
    if (tarpits < 0 || tarpits >= domains) {
      throw refused("--tarpits", tarpits, "must be 0 to less than --domains '" + domains + "'");
    }
    if (tarpits > 0 && (sink != null || dns != null)) {
      throw refused("--tarpits", tarpits, "goes with exchanges of our own: not with --sink, --dns");
    }
    if (tarpits > 0) {
      refuseToLeaveMail("--tarpits", tarpits);
    }
  }

  private void checkDeliver() {
    if (deliver == null) {
      return;
    }
    Numbers.inRange("--deliver", deliver, messages);
    if (!backlog) {
      throw refused("--deliver", deliver, "is a part of a backlog: only with --backlog");
    }
    refuseToLeaveMail("--deliver", deliver);
  }

  /** A queue of ours is thrown away; one of somebody else's would not be empty afterwards. */
  private void refuseToLeaveMail(String option, int value) {
    if (queue != null && !url().isMemory()) {
      throw refused(option, value, "would leave mail in " + queueInWords());
    }
  }

  private String queueInWords() {
    return queue == null ? "the default, a file of SQLite," : "--queue '" + url().shown() + "'";
  }

  String shownQueue() {
    return queue == null ? "sqlite" : url().shown();
  }

  private QueueUrl url() {
    return new QueueUrl(queue == null ? "sqlite:new" : queue);
  }

  private static UsageError refused(String option, int value, String why) {
    return UsageError.of(option, String.valueOf(value), why);
  }

  BenchDomains allDomains() {
    return new BenchDomains(domains - tarpits, tarpits);
  }

  RelayBench.Hands hands() {
    return new RelayBench.Hands(submitters, concurrency);
  }

  RelayBench.Order order() {
    return backlog ? RelayBench.Order.BACKLOG : RelayBench.Order.MIXED;
  }

  RelayBench.Load load(int round, BenchDomains to) {
    int delivered = deliver == null ? messages : deliver;
    if (round > 0) {
      return new RelayBench.Load(messages, delivered, size, to);
    }
    int first = warmUp == null ? delivered : warmUp;
    return new RelayBench.Load(first, first, size, to);
  }
}
