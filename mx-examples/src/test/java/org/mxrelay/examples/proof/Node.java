package org.mxrelay.examples.proof;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.MailRouter;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.RecordedOutcome;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.jdbc.JdbcQueue;

/**
 * A process that submits letters and delivers them, until it is killed, or its standard input ends;
 * or, as the last one, until nothing is left, whose outcomes it then writes down: {@code ended
 * LETTER RECIPIENT OUTCOME}.
 */
final class Node {

  /** Sessions at most. */
  static final int CONCURRENCY = 8;

  private static final int INJECTORS = 2;

  private final Orders orders;
  private final Fuse fuse;
  private final JdbcQueue store;

  private Node(Orders orders) {
    this.orders = orders;
    this.fuse = new Fuse(orders.text("point", ""), orders.number("time", 1));
    String url = orders.text("queue", "");
    this.store =
        url.startsWith("jdbc:sqlite:")
            ? JdbcQueue.open(url)
            : JdbcQueue.on(new KillingDatabase(url, fuse));
  }

  public static void main(String[] args) throws Exception {
    Node node = new Node(Orders.of(args));
    try (MxRelay relay = node.start()) {
      System.out.println("started now");
      if (node.orders.text("until", "killed").equals("empty")) {
        node.finish(relay);
      } else {
        node.live(relay);
      }
    }
    // Threads of whoever is still in the midst of something keep nobody alive.
    Runtime.getRuntime().halt(0);
  }

  private MxRelay start() {
    int factor = orders.number("shorter", 1);
    InstantSource clock = InstantSource.offset(InstantSource.system(), skew());
    return MxRelay.builder()
        .helo(orders.text("life", "") + ".home.test")
        .queue(queue(factor))
        .router(router())
        .transport(transport())
        .retry(
            RetryPolicy.standard()
                .withSchedule(RetrySchedule.list(Duration.ofSeconds(1)))
                .withoutDelayNotice())
        .patience(Duration.ofSeconds(1))
        .clock(clock)
        .monotonic(() -> System.nanoTime() * factor)
        .concurrency(orders.number("concurrency", CONCURRENCY))
        .closeWithin(Duration.ofSeconds(20))
        .start();
  }

  private Duration skew() {
    return Duration.ofSeconds(orders.number("skew", 0));
  }

  private DeliveryQueue queue(int factor) {
    Path settled = orders.folder().resolve("settled-" + orders.text("life", ""));
    DeliveryQueue recording = new RecordingQueue(store, Journal.written(settled));
    return new KillingQueue(factor == 1 ? recording : new ShortLeases(recording, factor), fuse);
  }

  private MailRouter router() {
    return MailRouter.builder()
        .dns(new InetSocketAddress("127.0.0.1", orders.number("dns", 0)))
        .port(orders.number("port", 0))
        .addressPolicy(AddressPolicy.allowAll())
        .noMtaSts()
        .noDane()
        .build();
  }

  private KillingTransport transport() {
    return new KillingTransport(
        SmtpTransport.builder()
            .helo(orders.text("life", "") + ".home.test")
            .connector(KillingSocket.connector(fuse))
            .build(),
        fuse);
  }

  private void live(MxRelay relay) throws IOException {
    Journal journal =
        Journal.synced(orders.folder().resolve("injector-" + orders.text("life", "")));
    Injector injector = new Injector(relay, journal, orders);
    for (int i = 0; i < INJECTORS; i++) {
      int thread = i;
      Thread injecting = new Thread(() -> injector.run(thread), "injector-" + i);
      injecting.setDaemon(true);
      injecting.start();
    }
    if (orders.number("gauge", 0) > 0) {
      new Gauge(orders).start();
    }
    Child.untilStdinEnds();
  }

  /** Whatever was held, since it killed too many, is let go. */
  private void finish(MxRelay relay) throws InterruptedException {
    do {
      Instant now = Instant.now().plus(skew());
      int held = store.release(new Selection.All(), now);
      if (held > 0) {
        System.out.println("held " + held);
      }
      store.flush(new Selection.All(), now);
    } while (!relay.drain(Duration.ofSeconds(5)) || relay.stats().held() > 0);
    Journal journal = Journal.written(orders.folder().resolve("outcomes-all"));
    Optional<Long> cursor = Optional.of(0L);
    while (cursor.isPresent()) {
      cursor = page(relay.outcomes(cursor.get(), 1_000), journal);
    }
  }

  private static Optional<Long> page(List<RecordedOutcome> page, Journal journal) {
    List<String> lines = new ArrayList<>();
    for (RecordedOutcome recorded : page) {
      var o = recorded.outcome();
      lines.add("ended " + o.submission() + " " + o.recipient() + " " + o.outcome().word());
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    journal.add(lines);
    return Optional.of(page.get(page.size() - 1).cursor());
  }
}
