package org.mxrelay.smtp.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.mxrelay.address.Destination;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.SubmissionFactory;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.testkit.QueueMail;
import org.mxrelay.testkit.ManualClock;

/**
 * The lanes and a queue on a virtual clock: sessions take the time that they are told, claims are
 * made as the claim loop makes them, and everything is counted. No threads.
 */
final class LaneSimulation {

  private static final MessageSource TEXT =
      MessageSource.of("Subject: hello\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII));

  /** How an exchange behaves. */
  record Peer(Duration session, Echo echo) {}

  private record Event(long at, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
    }
  }

  final ManualClock clock = ManualClock.at(Rig.START);
  private final InMemoryQueue queue;
  final Lanes lanes;
  final Map<String, Integer> done = new HashMap<>();
  final Map<String, List<Long>> begun = new HashMap<>();
  final Map<String, Integer> mostAtATime = new HashMap<>();
  private final Map<String, Integer> atATime = new HashMap<>();
  final Map<String, Long> begunAt = new HashMap<>();
  int claims;
  int released;
  private final Map<String, Peer> peers = new HashMap<>();
  private final Map<String, String> exchanges = new HashMap<>();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final SubmissionFactory submissions =
      new SubmissionFactory(clock, new SplittableRandom(7));
  private final SplittableRandom random = new SplittableRandom(20260301);
  private boolean refilling;
  private Duration tick = Duration.ofMillis(10);
  private long now;
  private long order;
  private long nextClaim;

  LaneSimulation(Limits limits) {
    this.queue = InMemoryQueue.create(clock, Duration.ZERO);
    this.lanes = new Lanes(limits, () -> now);
  }

  LaneSimulation domain(String domain, String exchange, Peer peer) {
    exchanges.put(domain, exchange);
    peers.put(exchange, peer);
    return this;
  }

  void submit(String domain, int count) {
    List<Submission> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(submissions.create(Envelope.from("<>").to("r" + i + "@" + domain), TEXT));
    }
    queue.add(all);
  }

  void submit(Envelope envelope) {
    queue.add(List.of(submissions.create(envelope, TEXT)));
  }

  /** What is relayed is replaced at once, so that there is always as much to do. */
  LaneSimulation refilling() {
    refilling = true;
    return this;
  }

  /** Looks at the clock less often than every 10 ms. */
  LaneSimulation ticking(Duration every) {
    tick = every;
    return this;
  }

  Instant time() {
    return Rig.START.plusNanos(now);
  }

  int doneInAll(String prefix) {
    return done.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** Lets that much time pass. */
  void run(Duration length) {
    long end = now + length.toNanos();
    while (now < end) {
      claim();
      start(lanes.next());
      long glance = Math.min(end, now + tick.toNanos());
      long next = events.isEmpty() ? glance : Math.min(glance, events.peek().at());
      clock.advance(Duration.ofNanos(next - now));
      now = next;
      while (!events.isEmpty() && events.peek().at() <= now) {
        events.remove().what().run();
      }
    }
  }

  private void claim() {
    while (now >= nextClaim && !lanes.isFull()) {
      Lanes.Room room = lanes.callIn();
      claims++;
      List<Lease> leases =
          queue.claim(
              new ClaimRequest(
                  time(), QueueMail.LEASE, room.most(), room.mostPerDestination(), room.full()));
      List<Lease> tooMany = leases.stream().filter(lease -> !offer(lease)).toList();
      queue.release(tooMany);
      released += tooMany.size();
      start(lanes.next());
      if (leases.size() == tooMany.size()) {
        // As the claim loop waits, unless something ends.
        nextClaim = now + Duration.ofMillis(tooMany.isEmpty() ? 50 : 10).toNanos();
      }
    }
  }

  private boolean offer(Lease lease) {
    return lanes.offer(new Work(lease, () -> now, now + QueueMail.LEASE.toNanos()));
  }

  private void start(Work first) {
    for (Work work = first; work != null; work = lanes.next()) {
      begin(work);
    }
  }

  private void begin(Work work) {
    Destination destination = work.delivery().destination();
    String exchange = exchanges.get(destination.toString());
    Peer peer = peers.get(exchange);
    try {
      lanes.join(work, List.of(route(exchange)));
    } catch (BrokenOff e) {
      queue.release(List.of(work.lease()));
      released++;
      lanes.end(work);
      lanes.leave(work);
      return;
    }
    begunAt.putIfAbsent(work.delivery().open().get(0).mailbox().toString(), now);
    begun.computeIfAbsent(destination.toString(), d -> new ArrayList<>()).add(now);
    mostAtATime.merge(exchange, atATime.merge(exchange, 1, Integer::sum), Math::max);
    // A quarter more or less, so that they do not march in step.
    long length = (long) (peer.session().toNanos() * (0.75 + random.nextDouble() / 2));
    events.add(new Event(now + length, order++, () -> end(work, destination, peer)));
  }

  private void end(Work work, Destination destination, Peer peer) {
    atATime.merge(exchanges.get(destination.toString()), -1, Integer::sum);
    lanes.hear(destination, peer.echo());
    if (peer.echo() == Echo.GOOD) {
      queue.settle(List.of(QueueMail.relayed(work.lease(), time())));
      done.merge(destination.toString(), 1, Integer::sum);
      if (refilling) {
        submit(destination.toString(), 1);
      }
    } else {
      Instant later = time().plus(Duration.ofMinutes(5));
      queue.settle(List.of(QueueMail.rescheduled(work.lease(), later, time())));
    }
    Optional<Work> next = Optional.ofNullable(lanes.after(work));
    lanes.leave(work);
    nextClaim = now;
    next.ifPresent(this::start);
  }

  static Route route(String exchange) {
    try {
      java.net.InetAddress address =
          java.net.InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
      return new Route(exchange, 10, new java.net.InetSocketAddress(address, 25), Route.Origin.MX);
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
