package org.mxrelay.smtp.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.message.MessageSource;

/**
 * A store of deliveries: what the engine needs of it.
 *
 * <p>Safe for use by several threads. A store that fails throws {@link QueueException}; whatever it
 * does not throw has happened, and in a durable store survives the end of the process (G1). Every
 * method may block for as long as the store's medium takes.
 */
public interface DeliveryQueue extends AutoCloseable {

  /**
   * Stores submissions, all of them or none: the body once, and one delivery for each destination
   * of {@link Submission#byDestination}. An id that is already known, be it pending or ended, is
   * left as it is for as long as its outcomes are kept.
   *
   * @throws QueueException if none of them was stored
   * @throws SubmissionUncertain if nobody knows, because the answer to the commit was lost; adding
   *     the same submissions again is safe
   * @throws java.io.UncheckedIOException if a message cannot be read; nothing was stored
   */
  void add(List<Submission> submissions);

  /**
   * Called once by an engine before its first claim. A store that serves one engine at a time takes
   * its lock here, and frees the leases of the engine before, whose outcomes nobody knows.
   *
   * @throws QueueInUse if another engine has it
   */
  default void attach() {}

  /**
   * Claims due deliveries, the earliest due of each destination first, destinations in turn: those
   * that have waited longest for their turn first, each with a fair share of the room, and what
   * some leave over for those who have more. A backlog of one destination hides no other, and costs
   * a claim nothing.
   *
   * <p>The numbers of the request are the caller's free room: leases that are out already do not
   * count against them. A delivery whose lease ran out is due; its new lease has a greater token.
   * One that the store cannot read is held with the reason, and stops nobody.
   *
   * <p>One that was claimed three times and never settled is claimed only when nothing else is
   * leased, and alone; until it is settled, but no longer than its first lease lasts, nothing else
   * is claimed beside it. Lost alone again, it is held, never bounced.
   *
   * <p>Due times and leases are compared with the request's own time. A caller who gives a clock
   * that may jump risks that leases run out early or late; what it settles is fenced all the same.
   */
  List<Lease> claim(ClaimRequest request);

  /**
   * What the store itself held in {@link #attach} and {@link #claim}, here and since this was last
   * asked: deliveries that were lost alone, and those that it cannot read. Each is told once, at
   * best: it is for the listeners, and the held deliveries stay in {@link QueueAdmin#list}.
   */
  default List<QueueEntry> ownHolds() {
    return List.of();
  }

  /**
   * Prolongs leases.
   *
   * @return those that are no longer ours
   */
  Set<Lease> renew(List<Lease> leases, Instant now, Duration leaseFor);

  /**
   * Ends leases with what became of their deliveries. Each settlement is stored whole or not at
   * all, with its outcomes and with what it spawned, and only while its token holds. A lease that
   * ran out still holds until another claim takes its delivery.
   *
   * <p>What people asked for while the delivery was worked on takes effect now: recipients that are
   * still open end if they were cancelled, and are held if the delivery was; relayed stays relayed.
   * The crash counter is cleared.
   *
   * @return an answer for each, in order, with what was stored in fact
   * @throws QueueException if none of them was stored, or if nobody knows; asked again, a
   *     settlement that was stored after all answers {@link Settlement.Result#LEASE_LOST}
   */
  List<Settlement.Result> settle(List<Settlement> settlements);

  /**
   * Gives leases back as if they had never been claimed: nothing was attempted, and the crash
   * counter is cleared. Their destinations had their turn all the same, and go behind those that
   * wait. Those that are no longer ours are passed over.
   */
  void release(List<Lease> leases);

  /**
   * Nothing of the destination is due before then, be it queued already or later, except what is
   * {@linkplain ClaimRequest#overdue overdue} or {@linkplain ClaimRequest#late late}. The last word
   * counts: an earlier time ends a postponement. One write, whatever its backlog.
   */
  void postpone(Destination destination, Instant until);

  /**
   * Until when nothing of the destination is due, because it is {@linkplain #postpone postponed}.
   *
   * @return empty if it is not, or not beyond now
   */
  default Optional<Instant> postponedUntil(Destination destination, Instant now) {
    return Optional.empty();
  }

  /**
   * The bytes of a submission, as they were added. They are kept until its last delivery ended.
   *
   * @throws QueueException if there is no such submission, or nothing of it is pending
   */
  MessageSource message(SubmissionId submission);

  /**
   * Waits until a delivery may be due that the last claim could not have had: something was added,
   * settled, released or flushed, here or by another process, a scheduled time came, or a lease ran
   * out. What that claim left behind for want of room is no news. Returns early now and then.
   *
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  void awaitWork(Duration atMost) throws InterruptedException;

  /** What is known of a submission; nothing if it was never added or its retention is over. */
  Optional<SubmissionStatus> status(SubmissionId submission);

  /**
   * Final outcomes in the order in which they were stored, at least once each, from any node. They
   * are kept for the store's retention after the message's last one; a reader must come more often.
   *
   * @param after the cursor of the last one seen; 0 for the first
   */
  List<RecordedOutcome> outcomes(long after, int most);

  /** Deliveries that are not ended: due, scheduled, leased or held. */
  QueueStats stats();

  /** Lets go of files and connections. Leases that are still held run out, or are freed at once. */
  @Override
  void close();
}
