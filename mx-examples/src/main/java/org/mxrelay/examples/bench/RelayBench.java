package org.mxrelay.examples.bench;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.mxrelay.MailRouter;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.DeliveryQueue;

/** The whole way: durable acceptance, routing, delivery, and the stored outcome. */
public final class RelayBench {

  /** A relay that has not brought its mail away by then never will. */
  private static final Duration LONGEST = Duration.ofHours(2);

  private final Load load;
  private final Peers peers;

  public RelayBench(Load load, Peers peers) {
    this.load = load;
    this.peers = peers;
  }

  /**
   * What is submitted.
   *
   * @param messages in all
   * @param size octets of each
   * @param domains to which they go in turn: {@code d0.bench.example} and so on
   * @param submitters threads that submit, each waiting until its message is durable
   * @param concurrency sessions at most, in all and to a destination
   */
  public record Load(int messages, int size, int domains, int submitters, int concurrency) {}

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
   * What it took.
   *
   * @param accept until the last message was accepted
   * @param deliver from the first acceptance, or with a backlog from the last one, until the last
   *     outcome was stored
   */
  public record Result(Measured accept, Measured deliver) {}

  /** Submits and delivers everything once. The queue is empty before and after. */
  public Result run(DeliveryQueue queue, Order order) throws Exception {
    CountDownLatch relayed = new CountDownLatch(load.messages());
    try (MxRelay relay = relay(queue, relayed)) {
      if (order == Order.MIXED) {
        Measured[] accept = new Measured[1];
        Measured all =
            Measured.of(
                load.messages(),
                () -> {
                  accept[0] = submit(relay);
                  await(relayed);
                });
        return new Result(accept[0], all);
      }
      relay.pause();
      Measured accept = submit(relay);
      Measured drained =
          Measured.of(
              load.messages(),
              () -> {
                relay.resume();
                await(relayed);
              });
      return new Result(accept, drained);
    }
  }

  private MxRelay relay(DeliveryQueue queue, CountDownLatch relayed) {
    MailRouter router =
        MailRouter.builder()
            .dns(peers.dns())
            .port(peers.port())
            .addressPolicy(AddressPolicy.allowAll())
            .noMtaSts()
            .build();
    return MxRelay.builder()
        .helo("client.example")
        .queue(queue)
        .router(router)
        .listener(RelayListener.onEnd(outcome -> relayed.countDown()))
        .concurrency(load.concurrency())
        .laneConcurrency(load.concurrency())
        .start();
  }

  private Measured submit(MxRelay relay) throws Exception {
    MessageSource letter = MessageSource.of(Letter.of(load.size()));
    List<Envelope> envelopes =
        IntStream.range(0, load.domains())
            .mapToObj(i -> Envelope.from("bench@client.example").to("ann@d" + i + ".bench.example"))
            .toList();
    AtomicInteger next = new AtomicInteger();
    Callable<Sender> submitter =
        () -> () -> relay.submit(envelopes.get(next.getAndIncrement() % load.domains()), letter);
    return Measured.of(
        load.messages(), () -> Crew.send(load.submitters(), load.messages(), submitter));
  }

  private static void await(CountDownLatch relayed) throws InterruptedException {
    if (!relayed.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(relayed.getCount() + " messages are still queued");
    }
  }

  /** A zone in which all the domains have the same exchange at that address. */
  public static String zone(int domains, String address) {
    StringBuilder zone = new StringBuilder("mx.bench.example. 3600 A " + address + "\n");
    for (int i = 0; i < domains; i++) {
      zone.append("d" + i + ".bench.example. 3600 MX 10 mx.bench.example.\n");
    }
    return zone.toString();
  }
}
