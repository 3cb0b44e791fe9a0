package org.mxrelay.examples.bench;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.DeliveryQueue;

/** The whole way: durable acceptance, routing, delivery, and the stored outcome. */
public final class RelayBench {

  /** A relay that has not brought its mail away by then never will. */
  private static final Duration LONGEST = Duration.ofHours(2);

  private final Load load;
  private final Hands hands;
  private final Peers peers;

  public RelayBench(Load load, Hands hands, Peers peers) {
    this.load = load;
    this.hands = hands;
    this.peers = peers;
  }

  /**
   * What is submitted.
   *
   * @param messages in all, but for those to tarpits
   * @param deliver how many of them are delivered; the others stay in the queue
   * @param size octets of each
   * @param domains to which they go, and those that answer
   */
  public record Load(int messages, int deliver, int size, BenchDomains domains) {}

  /**
   * Who works at a time.
   *
   * @param submitters threads that submit, each waiting until its message is durable
   * @param concurrency sessions at most, in all and to a destination, of each node
   */
  public record Hands(int submitters, int concurrency) {}

  /**
   * Whom the relay talks to.
   *
   * @param dns which knows the domains
   * @param port of the exchanges
   */
  public record Peers(InetSocketAddress dns, int port) {}

  /** When delivery begins. */
  public enum Order {
    /** At once, beside acceptance. */
    MIXED,
    /** When all is accepted: the backlog is as large as it can be. */
    BACKLOG
  }

  /**
   * What it took. Mail to tarpits is accepted before, and counts in neither.
   *
   * @param accept until the last message was accepted
   * @param deliver from the first acceptance, or with a backlog from the last one, until the last
   *     outcome was stored
   */
  public record Result(Measured accept, Measured deliver) {}

  /**
   * Submits everything once, and delivers it.
   *
   * @param nodes the queue, opened once for each relay; empty before, and after but for what is not
   *     to be delivered and the tarpits' mail
   */
  public Result run(List<DeliveryQueue> nodes, Order order) throws Exception {
    CountDownLatch relayed = new CountDownLatch(load.deliver());
    try (BenchNodes relays = BenchNodes.start(nodes, hands, peers, relayed::countDown)) {
      submitToTarpits(relays);
      return order == Order.MIXED ? mixed(relays, relayed) : backlog(relays, relayed);
    }
  }

  private Result mixed(BenchNodes relays, CountDownLatch relayed) throws Exception {
    Measured[] accept = new Measured[1];
    Measured all =
        Measured.of(
            load.messages(),
            () -> {
              relays.resume();
              accept[0] = submit(relays);
              await(relayed);
            });
    return new Result(accept[0], all);
  }

  private Result backlog(BenchNodes relays, CountDownLatch relayed) throws Exception {
    relays.pause();
    Measured accept = submit(relays);
    Measured drained =
        Measured.of(
            load.deliver(),
            () -> {
              relays.resume();
              await(relayed);
            });
    return new Result(accept, drained);
  }

  private Measured submit(BenchNodes relays) throws Exception {
    List<Envelope> healthy = load.domains().healthy();
    return Measured.of(load.messages(), () -> submit(relays, healthy, load.messages()));
  }

  /** Each gets as much as one of the others; when all has it, the others' mail comes. */
  private void submitToTarpits(BenchNodes relays) throws Exception {
    List<Envelope> tarpits = load.domains().slow();
    if (!tarpits.isEmpty()) {
      relays.pause();
      int each = Math.max(1, load.messages() / load.domains().healthy().size());
      submit(relays, tarpits, each * tarpits.size());
    }
  }

  private void submit(BenchNodes relays, List<Envelope> envelopes, int count) throws Exception {
    MessageSource letter = MessageSource.of(Letter.of(load.size()));
    AtomicInteger next = new AtomicInteger();
    Callable<Sender> submitter =
        () ->
            () -> {
              int number = next.getAndIncrement();
              relays.get(number).submit(envelopes.get(number % envelopes.size()), letter);
            };
    Crew.send(hands.submitters(), count, submitter);
  }

  private static void await(CountDownLatch relayed) throws InterruptedException {
    if (!relayed.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(relayed.getCount() + " messages are still queued");
    }
  }
}
