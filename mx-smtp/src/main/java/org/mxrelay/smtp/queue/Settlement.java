package org.mxrelay.smtp.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.address.Mailbox;

/**
 * What became of a claimed delivery. Stored as a whole or not at all.
 *
 * <p>Immutable.
 *
 * @param lease under which it was worked on
 * @param ended the final outcomes of the recipients that ended now
 * @param rest what becomes of the recipients that are still open; empty if none is
 * @param spawned messages that this one brought forth: a bounce, a delay notice
 * @param at when
 */
public record Settlement(
    Lease lease, List<Outcome> ended, Optional<Rest> rest, List<Submission> spawned, Instant at) {

  /**
   * @throws IllegalArgumentException if a recipient that was open is neither ended nor left open,
   *     or is both (G3)
   */
  public Settlement {
    ended = List.copyOf(ended);
    spawned = List.copyOf(spawned);
    requireEachOnce(lease.delivery(), ended, rest.map(Rest::delivery));
  }

  private static void requireEachOnce(
      Delivery claimed, List<Outcome> ended, Optional<Delivery> rest) {
    List<Mailbox> settled = new ArrayList<>();
    ended.forEach(o -> settled.add(o.recipient()));
    rest.ifPresent(d -> d.open().forEach(r -> settled.add(r.mailbox())));
    Set<Mailbox> claimedOnes = new HashSet<>();
    claimed.open().forEach(r -> claimedOnes.add(r.mailbox()));
    if (settled.size() != claimedOnes.size() || !claimedOnes.equals(new HashSet<>(settled))) {
      throw new IllegalArgumentException(
          "delivery " + claimed.id() + " has open " + claimedOnes + ", but settled are " + settled);
    }
    if (rest.isPresent() && rest.get().id() != claimed.id()) {
      throw new IllegalArgumentException(
          "delivery " + claimed.id() + " settled as " + rest.get().id());
    }
  }

  /**
   * What is stored instead if recipients were cancelled while they were being attempted: those that
   * are still open end, whatever ended stays as it is.
   */
  public Settlement withCancelled(Set<Mailbox> cancelled) {
    if (rest.isEmpty() || cancelled.isEmpty()) {
      return this;
    }
    Delivery delivery = rest.get().delivery();
    List<Outcome> all = new ArrayList<>(ended);
    List<OpenRecipient> open = new ArrayList<>();
    for (OpenRecipient recipient : delivery.open()) {
      if (cancelled.contains(recipient.mailbox())) {
        all.add(Outcome.cancelled(delivery, recipient, at));
      } else {
        open.add(recipient);
      }
    }
    Optional<Rest> left =
        open.isEmpty() ? Optional.empty() : rest.map(r -> r.of(delivery.withOpen(open)));
    return new Settlement(lease, all, left, spawned, at);
  }

  /** What is stored instead if the delivery was held while it was being attempted. */
  public Settlement withHold(String why) {
    return new Settlement(
        lease, ended, rest.map(r -> new Rest.Held(r.delivery(), why)), spawned, at);
  }

  /** What becomes of the recipients that are still open. */
  public sealed interface Rest {

    /** The delivery as it goes on: its open recipients, due time, attempts and memory. */
    Delivery delivery();

    /** The same for another form of the delivery. */
    Rest of(Delivery other);

    /** Queued again, to be claimed when due. */
    record Rescheduled(Delivery delivery) implements Rest {
      @Override
      public Rest of(Delivery other) {
        return new Rescheduled(other);
      }
    }

    /**
     * Kept until a person decides.
     *
     * @param why in words
     */
    record Held(Delivery delivery, String why) implements Rest {
      @Override
      public Rest of(Delivery other) {
        return new Held(other, why);
      }
    }
  }

  /**
   * What the store answered.
   *
   * @param stored the settlement as it was stored, with what people asked for while the delivery
   *     was worked on: {@link #withCancelled} and {@link #withHold}; empty if the lease was no
   *     longer ours and nothing was stored
   */
  public record Result(Optional<Settlement> stored) {

    /** The lease was no longer ours: nothing was stored. */
    public static final Result LEASE_LOST = new Result(Optional.empty());

    /** It was stored like this. */
    public static Result of(Settlement stored) {
      return new Result(Optional.of(stored));
    }

    public boolean isStored() {
      return stored.isPresent();
    }
  }
}
