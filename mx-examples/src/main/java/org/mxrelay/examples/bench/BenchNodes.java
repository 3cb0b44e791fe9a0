package org.mxrelay.examples.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mxrelay.MailRouter;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.queue.DeliveryQueue;

/** Relays that share a queue, each with its own view of it. Safe for use by several threads. */
record BenchNodes(List<MxRelay> all) implements AutoCloseable {

  /** Sessions with tarpits never end by themselves. */
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

  /**
   * @param queues closed with the relays
   * @param ended run for each message that has its outcome
   */
  static BenchNodes start(
      List<DeliveryQueue> queues, RelayBench.Hands hands, RelayBench.Peers peers, Runnable ended) {
    List<MxRelay> all = new ArrayList<>();
    try {
      queues.forEach(queue -> all.add(relay(queue, hands, peers, ended)));
      return new BenchNodes(List.copyOf(all));
    } catch (RuntimeException e) {
      all.forEach(MxRelay::close);
      throw e;
    }
  }

  private static MxRelay relay(
      DeliveryQueue queue, RelayBench.Hands hands, RelayBench.Peers peers, Runnable ended) {
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
        .listener(RelayListener.onEnd(outcome -> ended.run()))
        .concurrency(hands.concurrency())
        .laneConcurrency(hands.concurrency())
        .closeWithin(CLOSE_WITHIN)
        .start();
  }

  /** One of them, in turn. */
  MxRelay get(int number) {
    return all.get(number % all.size());
  }

  void pause() {
    all.forEach(MxRelay::pause);
  }

  void resume() {
    all.forEach(MxRelay::resume);
  }

  @Override
  public void close() {
    // Whoever goes on alone delivers what the others gave back.
    pause();
    all.forEach(MxRelay::close);
  }
}
