package org.mxrelay.smtp.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.mxrelay.address.ReversePath;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.testkit.FakeMxResolver;
import org.mxrelay.testkit.ManualClock;

/** A backup of example.org in front of a scripted primary, on a clock that a test moves. */
final class BackupRig implements AutoCloseable {

  static final Duration LONG = Duration.ofSeconds(30);
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  static final String SENDER = "bob@shop.example";
  static final String TEXT = "Message-ID: <1@shop.example>\r\nSubject: hello\r\n\r\nhello\r\n";

  final ScriptedSmtpServer primary = ScriptedSmtpServer.start().named("mx1.example.org");
  final ManualClock clock = ManualClock.at(START);
  final InMemoryQueue queue = InMemoryQueue.create(clock);
  final MemoryInProcess memory = MemoryInProcess.create();
  final BlockingQueue<BackupEvent> events = new LinkedBlockingQueue<>();
  final BlockingQueue<Object> ends = new LinkedBlockingQueue<>();
  final BackupMxBuilder options =
      BackupMx.builder()
          .domains("example.org")
          .self("mx2.example.org")
          .primary("127.0.0.1:" + primary.port())
          .resolver(FakeMxResolver.of("", clock))
          .queue(queue)
          .memory(memory)
          .clock(clock)
          .listener(new Ears())
          .relayListener(new Ends())
          .beat(Duration.ofMillis(20));
  private BackupMx backup;

  BackupMx start() throws InterruptedException {
    backup = options.start();
    return backup;
  }

  /** Starts, and sees the primary in that state. */
  BackupRig startWith(PrimaryState state) throws InterruptedException {
    if (state == PrimaryState.DOWN) {
      primary.stop();
    }
    start();
    awaitState(state);
    return this;
  }

  BackupMx backup() {
    return backup;
  }

  void goDown() throws InterruptedException {
    // What the relay still has to tell would count as a sign of life at the later time.
    backup.relay().drain(LONG);
    primary.stop();
    passUntil(PrimaryState.DOWN);
  }

  void comeBack() throws InterruptedException {
    primary.restart();
    passUntil(PrimaryState.UP);
  }

  /**
   * Lets a minute pass, in which the primary is found in that state. A probe that is under way when
   * the minute passes may have seen how it was before, and end after it: the next one is due only
   * when more time has passed, as it always does but on a clock that stands still.
   */
  void passUntil(PrimaryState state) throws InterruptedException {
    clock.advance(Duration.ofMinutes(1));
    long end = System.nanoTime() + LONG.toNanos();
    while (!isHeard(state, Duration.ofSeconds(1))) {
      if (System.nanoTime() >= end) {
        throw new AssertionError("the primary is not " + state + ": " + backup.status());
      }
      clock.advance(ProbeSchedule.after(PrimaryState.DOWN, Duration.ZERO));
    }
  }

  private boolean isHeard(PrimaryState state, Duration within) throws InterruptedException {
    BackupEvent event = events.poll(within.toMillis(), TimeUnit.MILLISECONDS);
    while (event != null && !isChange(event, state)) {
      event = events.poll(within.toMillis(), TimeUnit.MILLISECONDS);
    }
    return event != null;
  }

  private static boolean isChange(BackupEvent event, PrimaryState to) {
    return event instanceof BackupEvent.PrimaryChanged changed && changed.primary().state() == to;
  }

  void awaitState(PrimaryState state) throws InterruptedException {
    await(BackupEvent.PrimaryChanged.class, e -> e.primary().state() == state);
  }

  /** The next event of a kind that is as expected; others are passed over. */
  <E extends BackupEvent> E await(Class<E> kind, Predicate<E> expected)
      throws InterruptedException {
    while (true) {
      BackupEvent event = events.poll(LONG.toSeconds(), TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no " + kind.getSimpleName() + " came");
      }
      if (kind.isInstance(event) && expected.test(kind.cast(event))) {
        return kind.cast(event);
      }
    }
  }

  /** What ended, or was held, next. */
  Object awaitEnd() throws InterruptedException {
    Object end = ends.poll(LONG.toSeconds(), TimeUnit.SECONDS);
    if (end == null) {
      throw new AssertionError("nothing ended: " + queued() + ", " + backup.status());
    }
    return end;
  }

  InboundSession open() {
    return backup.open(client());
  }

  static ClientFacts client() {
    return new ClientFacts(
        address("192.0.2.7"),
        Optional.of("mail.shop.example"),
        "mail.shop.example",
        ClientFacts.Protocol.ESMTP);
  }

  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  static MailCommand from(String sender) {
    return MailCommand.of(ReversePath.parse(sender));
  }

  static MessageSource message(String text) {
    return MessageSource.of(text.getBytes(US_ASCII));
  }

  /** A whole transaction; the reply to the dot, or the first refusal. */
  Reply send(InboundSession session, String text, String... to) throws InterruptedException {
    Reply reply = session.mail(from(SENDER));
    for (String recipient : to) {
      if (reply.isPositive()) {
        reply = session.rcpt(Recipient.of(recipient));
      }
    }
    return reply.isPositive() ? session.data(message(text)) : reply;
  }

  Reply send(String text, String... to) throws InterruptedException {
    try (InboundSession session = open()) {
      return send(session, text, to);
    }
  }

  List<QueueEntry> queued() {
    return queue.list(new Selection.All(), 0, 100);
  }

  @Override
  public void close() {
    if (backup != null) {
      backup.close();
    }
    primary.close();
  }

  private final class Ears implements BackupListener {
    @Override
    public void primaryChanged(BackupEvent.PrimaryChanged event) {
      events.add(event);
    }

    @Override
    public void raised(BackupEvent.Raised event) {
      events.add(event);
    }

    @Override
    public void cleared(BackupEvent.Cleared event) {
      events.add(event);
    }

    @Override
    public void refused(BackupEvent.Refused event) {
      events.add(event);
    }

    @Override
    public void cutThroughTaken(BackupEvent.CutThroughTaken event) {
      events.add(event);
    }

    @Override
    public void queued(BackupEvent.Queued event) {
      events.add(event);
    }

    @Override
    public void repeated(BackupEvent.Repeated event) {
      events.add(event);
    }
  }

  private final class Ends implements RelayListener {
    @Override
    public void uncertain(RelayEvent.Uncertain event) {
      ends.add(event);
    }

    @Override
    public void held(RelayEvent.Held event) {
      ends.add(event);
    }

    @Override
    public void ended(Outcome outcome) {
      ends.add(outcome);
    }
  }
}
