package org.mxrelay.smtp.queue.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.SubmissionUncertain;
import org.mxrelay.smtp.queue.journal.JournalException;

/**
 * The way of fresh mail past the tables: accepted into the journal, delivered from memory, its
 * outcomes written down later, many at a time. Open to destinations of which nothing that is due
 * waits in the tables, so that nobody overtakes; what does not go out at once gets into the tables.
 *
 * <p>Safe for use by several threads.
 */
final class Incoming {

  /** So long a caller waits for room while mail goes out: no faster in than out. */
  private static final Duration IN_FLOW = Duration.ofSeconds(1);

  /** While nothing at all goes out, nobody waits longer for it than that. */
  private static final Duration STUCK = Duration.ofMillis(250);

  /** Longer lists of messages go into the tables at once. */
  private static final int LARGEST = 1 << 20;

  private final Fresh fresh;
  private final Keeper keeper;
  private final Admission admission;
  private final Arrivals arrivals;
  private final Numbers numbers;
  private final InstantSource clock;

  /** Those on their way into the journal or, to be known there first, into the tables. */
  private final Set<SubmissionId> adding = new HashSet<>();

  /**
   * @param keeper woken when there is something to do for it
   */
  Incoming(Fresh fresh, Keeper keeper, Surroundings around) {
    this.fresh = fresh;
    this.keeper = keeper;
    this.admission = around.admission();
    this.arrivals = around.arrivals();
    this.numbers = around.numbers();
    this.clock = around.clock();
  }

  /** What it needs of the store. */
  record Surroundings(
      TablesTurn turn,
      Admission admission,
      Arrivals arrivals,
      Numbers numbers,
      InstantSource clock) {}

  /**
   * Accepts messages, all of them or none. When it returns true, they are durable.
   *
   * @return false if they have to go into the tables
   * @throws SubmissionUncertain if nobody knows whether the disk has them
   */
  boolean add(List<Submission> submissions, List<Body> bodies) {
    Instant now = clock.instant();
    if (!isSmall(bodies) || submissions.stream().anyMatch(s -> s.due().isAfter(now))) {
      return false;
    }
    List<FreshMessage> all = new ArrayList<>(submissions.size());
    for (int i = 0; i < bodies.size(); i++) {
      all.add(FreshMessage.of(submissions.get(i), bodies.get(i).inline().orElseThrow(), numbers));
    }
    Optional<List<FreshMessage>> reserved = fresh.with(book -> reserve(book, all));
    // In this order: whatever leaves the journal is in the tables before it is gone here.
    return reserved.isPresent() && add(reserved.get(), () -> admission.isFree(submissions, now));
  }

  private static boolean isSmall(List<Body> bodies) {
    long size = 0;
    for (Body body : bodies) {
      size += body.inline().isPresent() ? body.inline().get().length : LARGEST;
    }
    return size < LARGEST;
  }

  /** Those that are not here yet; nothing if there is no room, or none to be had. */
  private Optional<List<FreshMessage>> reserve(FreshBook book, List<FreshMessage> all) {
    if (!isRoomIn(book)) {
      return Optional.empty();
    }
    fresh.awaitWhile(() -> all.stream().anyMatch(m -> adding.contains(m.submission)));
    return Optional.of(
        all.stream()
            .filter(m -> book.find(m.submission).isEmpty() && adding.add(m.submission))
            .toList());
  }

  /** Waits for room as long as mail goes out. */
  private boolean isRoomIn(FreshBook book) {
    long deadline = System.nanoTime() + IN_FLOW.toNanos();
    try {
      long left = left(book, deadline);
      while (!book.hasRoom() && left > 0) {
        fresh.awaitLeavingWhile(() -> !book.hasRoom(), left);
        left = left(book, deadline);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return book.hasRoom();
  }

  private static long left(FreshBook book, long deadline) {
    long stuckAt = book.progressAt() + STUCK.toNanos();
    return Math.min(stuckAt - System.nanoTime(), deadline - System.nanoTime());
  }

  /**
   * They go into the tables, behind those of them that are here: those are known there then; and
   * behind what waits here for their destinations. Nobody adds any of them here meanwhile.
   */
  void giveUp(List<Submission> submissions, Runnable toTables) {
    Set<SubmissionId> ids = new HashSet<>();
    Set<Destination> destinations = new HashSet<>();
    for (Submission submission : submissions) {
      ids.add(submission.id());
      submission.envelope().recipients().forEach(r -> destinations.add(r.mailbox().destination()));
    }
    List<FreshMessage> first = fresh.with(book -> whoGoesFirst(book, ids, destinations));
    try {
      fresh.leaveEach(first);
      toTables.run();
    } finally {
      destinations.forEach(admission::forget);
      fresh.change(book -> adding.removeAll(ids));
    }
  }

  private List<FreshMessage> whoGoesFirst(
      FreshBook book, Set<SubmissionId> ids, Set<Destination> destinations) {
    fresh.awaitWhile(() -> !Collections.disjoint(adding, ids));
    adding.addAll(ids);
    Set<FreshMessage> first = book.waitingFor(destinations);
    ids.forEach(id -> book.find(id).ifPresent(first::add));
    return List.copyOf(first);
  }

  private boolean add(List<FreshMessage> messages, BooleanSupplier isFree) {
    if (messages.isEmpty()) {
      return true;
    }
    OptionalLong epoch = OptionalLong.empty();
    try {
      epoch = isFree.getAsBoolean() ? write(messages) : epoch;
    } finally {
      enter(messages, epoch);
    }
    return epoch.isPresent();
  }

  /** The epoch in which they are; nothing if they are not, and never will be. */
  private OptionalLong write(List<FreshMessage> messages) {
    List<Adoption> adoptions = messages.stream().map(FreshMessage::adoption).toList();
    try {
      return OptionalLong.of(
          fresh.journal().write(JournalRecords.added(adoptions), messages.size()));
    } catch (JournalException e) {
      if (e.isUncertain()) {
        throw new SubmissionUncertain(messages.get(0).submission, e);
      }
      return OptionalLong.empty();
    }
  }

  /** They can be claimed, if they are in the journal. */
  private void enter(List<FreshMessage> messages, OptionalLong epoch) {
    boolean first =
        fresh.change(
            book -> {
              boolean empty = book.isEmpty();
              for (FreshMessage message : messages) {
                adding.remove(message.submission);
                if (epoch.isPresent()) {
                  message.epoch = epoch.getAsLong();
                  message.since = System.nanoTime();
                  book.add(message);
                }
              }
              return empty;
            });
    if (epoch.isPresent()) {
      arrivals.changed();
    }
    if (first) {
      keeper.wake();
    }
  }
}
