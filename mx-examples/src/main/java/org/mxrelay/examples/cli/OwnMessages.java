package org.mxrelay.examples.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.Receipt;
import org.mxrelay.smtp.RelayEvent;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.Outcome.End;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.SubmissionStatus;

/**
 * The messages that a command submitted, and whether they are settled: every recipient ended or
 * waits for a person.
 *
 * <p>As a listener safe for use by several threads, else confined to the command's.
 */
final class OwnMessages implements RelayListener {

  // Listeners are best effort: now and then the store itself is asked.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private record Key(SubmissionId submission, Mailbox recipient) {}

  private final BlockingQueue<SubmissionId> touched = new LinkedBlockingQueue<>();
  private final Map<Key, End> ended = new ConcurrentHashMap<>();
  private final Map<SubmissionId, Integer> recipients = new HashMap<>();
  private final Set<SubmissionId> open = new LinkedHashSet<>();
  private final InstantSource clock;

  OwnMessages(InstantSource clock) {
    this.clock = clock;
  }

  void add(Receipt receipt) {
    recipients.put(receipt.id(), receipt.recipients());
    open.add(receipt.id());
  }

  @Override
  public void ended(Outcome outcome) {
    count(outcome);
    touched.add(outcome.submission());
  }

  @Override
  public void held(RelayEvent.Held event) {
    touched.add(event.submission());
  }

  private void count(Outcome outcome) {
    ended.put(new Key(outcome.submission(), outcome.recipient()), outcome.outcome());
  }

  /** Waits until all are settled or the time is over. */
  void await(MxRelay relay, Instant deadline) throws InterruptedException {
    while (!open.isEmpty() && clock.instant().isBefore(deadline)) {
      Duration left = Duration.between(clock.instant(), deadline);
      Duration wait = left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN;
      SubmissionId id = touched.poll(wait.toMillis() + 1, TimeUnit.MILLISECONDS);
      if (id == null) {
        open.removeIf(each -> isSettled(relay.status(each)));
      } else if (open.contains(id) && isSettled(relay.status(id))) {
        open.remove(id);
      }
    }
  }

  private static boolean isSettled(Optional<SubmissionStatus> status) {
    return status.stream()
        .flatMap(s -> s.pending().stream())
        .allMatch(e -> e.state() == QueueEntry.State.HELD);
  }

  /** Asks the store for what no listener was told, while it can still be asked. */
  void look(MxRelay relay) {
    for (SubmissionId id : recipients.keySet()) {
      relay.status(id).ifPresent(status -> status.ended().forEach(this::count));
    }
  }

  /** What the command's exit says of them, what ended while the relay was closed included. */
  int exit() {
    long own = 0;
    boolean anyFailed = false;
    for (Map.Entry<Key, End> each : ended.entrySet()) {
      if (recipients.containsKey(each.getKey().submission())) {
        own++;
        anyFailed |= Tally.isFailure(each.getValue());
      }
    }
    long all = recipients.values().stream().mapToLong(Integer::longValue).sum();
    return ExitCodes.ofDelivery(anyFailed, own < all);
  }
}
