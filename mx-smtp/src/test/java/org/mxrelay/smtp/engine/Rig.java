package org.mxrelay.smtp.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.mxrelay.reply.ReplyClassifier;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.routing.Fallthrough;
import org.mxrelay.smtp.Bounces;
import org.mxrelay.smtp.HoldRule;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.SubmissionFactory;
import org.mxrelay.smtp.dsn.ReportComposer;
import org.mxrelay.smtp.dsn.ReportRequest;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.testkit.ManualClock;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsPolicy;

/** The engine without threads, on clocks that a test moves by hand. */
final class Rig {

  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  static final String TEXT = "From: a@shop.example\r\nSubject: hello\r\n\r\nhello\r\n";

  final ManualClock clock = ManualClock.at(START);
  final AtomicLong nanos = new AtomicLong(1_000_000);
  final FaultyQueue queue = new FaultyQueue(InMemoryQueue.create(clock));
  final FakeRouter router = new FakeRouter();
  final ScriptedTransport transport = new ScriptedTransport();
  final EventLog events = new EventLog();
  final List<Duration> pauses = new ArrayList<>();
  RetryPolicy policy = new FixedPolicy();
  ReplyClassifier classifier = ReplyClassifier.standard();
  HoldRule holds = HoldRule.NEVER;
  Fallthrough fallthrough = Fallthrough.STANDARD;
  TlsDemand tls = TlsDemand.OPPORTUNISTIC;
  TlsPolicy tlsPolicy = TlsPolicy.none();
  Bounces bounces = Bounces.TO_SENDER;
  Limits limits = limits(4, 2);
  Function<ReportRequest, MessageSource> composer = new ReportComposer("mta.shop.example")::compose;
  RelayListener listener = events;
  private final SubmissionFactory submissions =
      new SubmissionFactory(clock, new SplittableRandom(1));

  EngineParts parts() {
    return new EngineParts(
        queue,
        router,
        tlsPolicy,
        transport,
        new Rules(classifier, fallthrough::dispose, policy, holds, tls, Duration.ofMinutes(15)),
        limits,
        new Times(clock, nanos::get, new SplittableRandom(2), this::pause),
        new Mailing(bounces, composer),
        new Listeners(List.of(listener)),
        Threads.standard());
  }

  /** Lanes that need not prove themselves first. */
  static Limits limits(int concurrency, int perLane) {
    return new Limits(concurrency, perLane, perLane, Duration.ofMinutes(30), List.of());
  }

  private void pause(Duration length) {
    pauses.add(length);
    advance(length);
  }

  Machinery machinery() {
    return Machinery.of(parts(), Runnable::run);
  }

  SubmissionId submit(String from, String... to) {
    return submit(Envelope.from(from).to(to));
  }

  SubmissionId submit(Envelope envelope) {
    return submit(envelope, TEXT);
  }

  SubmissionId submit(Envelope envelope, String text) {
    Submission submission =
        submissions.create(envelope, MessageSource.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    queue.add(List.of(submission));
    return submission.id();
  }

  /** Works on everything that is due, on this thread; answers how many deliveries that were. */
  int run() {
    Machinery machinery = machinery();
    int all = 0;
    for (int n = machinery.claims().round(); n > 0; n = machinery.claims().round()) {
      all += n;
    }
    return all;
  }

  void advance(Duration by) {
    clock.advance(by);
    nanos.addAndGet(by.toNanos());
  }

  /** Moves to the earliest due time and works; answers how long that took. */
  Duration runNext() {
    Instant due = pending().stream().map(Delivery::due).min(Instant::compareTo).orElseThrow();
    Duration wait = Duration.between(clock.instant(), due);
    advance(wait);
    run();
    return wait;
  }

  List<Delivery> pending() {
    return entries().stream().map(QueueEntry::delivery).toList();
  }

  List<QueueEntry> entries() {
    return queue.real.list(new Selection.All(), 0, 100);
  }

  Delivery onlyPending() {
    List<Delivery> all = pending();
    if (all.size() != 1) {
      throw new AssertionError("pending: " + all);
    }
    return all.get(0);
  }

  /** What was spawned, in order. */
  List<Submission> spawned() {
    return queue.settled.stream().flatMap(s -> s.spawned().stream()).toList();
  }
}
