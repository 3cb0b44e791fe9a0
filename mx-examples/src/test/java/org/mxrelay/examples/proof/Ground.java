package org.mxrelay.examples.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.mxrelay.testkit.Peers;
import org.mxrelay.testkit.ScriptedDnsServer;

/**
 * Where nodes are started and come to grief: a folder, a sink and a name server; and who lived how
 * long. Confined to one thread.
 */
final class Ground implements AutoCloseable {

  /** Outcomes that may wait to be stored together. */
  private static final int BATCH = 256;

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** A node that writes nothing for so long has come to the end of its work, or as good as that. */
  private static final Duration REST = Duration.ofSeconds(5);

  private static final String ZONE =
      """
      *.proof.test. 300 MX 10 mx.sink.test.
      home.test.    300 MX 10 mx.sink.test.
      mx.sink.test. 300 A 127.0.0.1
      dead.test.    300 MX 10 mx.dead.test.
      mx.dead.test. 300 A %s
      """;

  private final Path folder;
  private Orders orders;
  private final List<String> offers;
  private ScriptedDnsServer dns;
  private Child sink;
  private int sinks;
  private final List<Life> lives = new ArrayList<>();
  private final List<Child> children = new ArrayList<>();
  private int begun;

  /**
   * @param offers keywords of EHLO that the sink offers beside the usual ones
   */
  Ground(Path folder, String queue, String... offers) {
    this.folder = folder;
    this.offers = List.of(offers);
    this.dns = ScriptedDnsServer.start(ZONE.formatted("127.0.0.9"));
    this.sink = startSink("0");
    this.orders =
        new Orders(Map.of("folder", folder.toString(), "queue", queue))
            .with("dns", dns.address().getPort())
            .with("port", sink.awaitWord("port"))
            .with("letters", 50);
  }

  private Child startSink(String port) {
    List<String> arguments =
        new ArrayList<>(List.of(folder.toString(), String.valueOf(++sinks), port));
    arguments.addAll(offers);
    return Child.start(folder, Sink.class, arguments);
  }

  /** With so many letters of each of a node's two threads. */
  Ground withLetters(int letters) {
    orders = orders.with("letters", letters);
    return this;
  }

  static Ground onFile(Path folder, String... offers) {
    return new Ground(folder, "jdbc:sqlite:" + folder.resolve("mail.db"), offers);
  }

  /** A node that runs, and what befell it. */
  static final class Running {

    private final String name;
    private final long from = System.nanoTime();
    private final Child child;
    private int mishaps;
    private boolean stopped;

    private Running(String name, Child child) {
      this.name = name;
      this.child = child;
    }

    Child child() {
      return child;
    }

    /** It, its lease or its store is lost. */
    void suffers() {
      mishaps++;
    }

    void isStopped() {
      stopped = true;
      suffers();
    }
  }

  Orders orders() {
    return orders;
  }

  Running begin(Orders of) {
    return begin(of, List.of());
  }

  private Running begin(Orders of, List<String> tracer) {
    String name = "l" + ++begun;
    Child child = Child.start(folder, tracer, Node.class, of.with("life", name).arguments());
    children.add(child);
    return new Running(name, child);
  }

  /** The sink dies and is there again, with another memory. */
  void restartSink() {
    sink.kill();
    sink = startSink(orders.text("port", ""));
    sink.awaitWord("port");
  }

  /** The name server is gone for a moment. */
  void restartDns() {
    dns.close();
    dns = ScriptedDnsServer.start(ZONE.formatted("127.0.0.9"), orders.number("dns", 0));
  }

  /** It is gone. */
  void end(Running node) {
    lives.add(new Life(node.name, node.from, System.nanoTime(), node.mishaps, node.stopped));
  }

  void kill(Running node) {
    node.suffers();
    node.child().kill();
    end(node);
  }

  /** Lets a node live until it comes to the point for the n-th time. */
  void killAt(KillPoint point, int time) {
    Orders of =
        orders
            .with("point", point)
            .with("time", time)
            .with("mix", point.mix())
            .with("letters", Math.min(point.letters(), orders.number("letters", 50)));
    Running node = begin(of);
    node.suffers();
    if (point.isAtTheEnd()) {
      awaitBytes(node, 1_000);
      node.child().endInput();
    }
    awaitHalt(node);
  }

  /** It was to come to a point, and did. */
  void awaitHalt(Running node) {
    int exit = node.child().awaitEnd(PATIENCE);
    end(node);
    assertEquals(137, exit, node.name + ": " + node.child().said());
  }

  /** Lets a node live until a thread of it makes a system call for the n-th time. */
  void killAtCall(String call, int time) {
    Path strace = Peers.need("strace", "strace");
    String inject = "inject=" + call + ":signal=KILL:when=" + time;
    Running node =
        begin(
            orders,
            List.of(
                strace.toString(),
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "trace=" + call,
                "-e",
                inject));
    node.suffers();
    awaitHalt(node);
  }

  /** Kills a node in the midst of its work, or, once in five times, right after its start. */
  void killSometime(Random random) {
    Running node = begin(orders);
    if (random.nextInt(5) == 0) {
      long then = System.nanoTime() + Duration.ofMillis(random.nextInt(1_500)).toNanos();
      Child.await("a moment", PATIENCE, () -> System.nanoTime() > then);
    } else {
      awaitBytesOrRest(node, random.nextInt(1_000 * orders.number("letters", 50)));
    }
    kill(node);
  }

  /** The same, or until nothing more is written: the node may have less to do than that. */
  private void awaitBytesOrRest(Running node, long more) {
    long then = written(node) + more;
    long[] last = {written(node), System.nanoTime()};
    Child.await(
        more + " bytes of " + node.name + ", or none for a while",
        PATIENCE,
        () -> {
          requireAlive(node);
          long now = written(node);
          if (now > last[0]) {
            last[0] = now;
            last[1] = System.nanoTime();
          }
          return now >= then || System.nanoTime() - last[1] > REST.toNanos();
        });
  }

  /** Until it and the sink have written so much more. */
  void awaitBytes(Running node, long more) {
    long then = written(node) + more;
    Child.await(
        more + " bytes of " + node.name,
        PATIENCE,
        () -> {
          requireAlive(node);
          return written(node) >= then;
        });
  }

  /** Until it has begun to submit. */
  void awaitFirstLetter(Running node) {
    Child.await(
        "the first letter of " + node.name,
        PATIENCE,
        () -> {
          requireAlive(node);
          return size("injector-" + node.name) > 0;
        });
  }

  private static void requireAlive(Running node) {
    if (!node.child().isAlive()) {
      throw new AssertionError("ended by itself: " + node.child().said());
    }
  }

  private long written(Running node) {
    return size("injector-" + node.name) + size("sink-" + sinks);
  }

  private long size(String file) {
    try {
      Path path = folder.resolve(file);
      return Files.exists(path) ? Files.size(path) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has the rest delivered, whatever was down is up again, and looks who got what. */
  Checker.Verdict finish() {
    return finish(orders);
  }

  Checker.Verdict finish(Orders of) {
    dns.set(ZONE.formatted("127.0.0.1"));
    Running last = begin(of.with("until", "empty"));
    int exit = last.child().awaitEnd(PATIENCE);
    end(last);
    assertEquals(0, exit, last.child().said());
    return new Checker(Books.read(folder), lives, Node.CONCURRENCY + BATCH).check();
  }

  @Override
  public void close() {
    children.forEach(Child::close);
    sink.close();
    dns.close();
  }
}
