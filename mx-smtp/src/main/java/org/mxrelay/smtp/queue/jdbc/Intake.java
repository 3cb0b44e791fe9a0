package org.mxrelay.smtp.queue.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.QueueStats;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's side of a store: past the tables where there is a journal and nothing is in the way,
 * through them otherwise.
 *
 * <p>Safe for use by several threads.
 */
final class Intake implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(JdbcQueue.class);

  private final Dialect dialect;
  private final Writer writer;
  private final Arrivals arrivals;
  private final Working working;
  private final Admission admission;
  private final Looking looking;
  private final JdbcQueueBuilder options;
  private final TablesTurn turn = new TablesTurn();
  private volatile @Nullable Desk desk;

  Intake(Dialect dialect, Writer writer, Readers readers, AtHand atHand, JdbcQueueBuilder options) {
    this.dialect = dialect;
    this.writer = writer;
    this.options = options;
    this.working = new Working(dialect, writer, atHand, options, this::isAnyLeased);
    this.arrivals = working.arrivals();
    this.admission = new Admission(readers);
    this.looking = new Looking(readers);
  }

  /** What there is while there is a journal. */
  private record Desk(
      Fresh fresh, Incoming incoming, FreshLeases leases, Keeper keeper, Thread thread) {}

  Working tables() {
    return working;
  }

  private boolean isAnyLeased() {
    Desk now = desk;
    return now != null && now.fresh().with(FreshBook::isAnyLeased);
  }

  /** Mail that a process left in its journal gets into the tables, unless that process lives. */
  void recoverAbandoned() {
    recovery().filter(Recovery::isNeeded).ifPresent(r -> working.ifNobodyDelivers(r::run));
  }

  private Optional<Recovery> recovery() {
    return dialect.journal().map(name -> new Recovery(writer, Journal.files(name)));
  }

  /** Takes the engine's place. */
  void attach() {
    working.attach();
    if (desk == null) {
      recovery().ifPresent(this::recoverAndBegin);
    }
  }

  private void recoverAndBegin(Recovery recovery) {
    try {
      recovery.run();
    } catch (RuntimeException e) {
      working.close();
      throw e;
    }
    if (options.mayHaveJournal()) {
      begin(recovery.files());
    }
  }

  private void begin(List<Path> files) {
    Journal journal;
    try {
      files.forEach(SqliteFile::createIfAbsent);
      journal = Journal.begin(files);
    } catch (IOException | QueueException e) {
      log.warn("no journal, mail goes through the tables: {}", e.toString());
      return;
    }
    Fresh fresh = new Fresh(writer, journal);
    Keeper keeper = new Keeper(fresh, admission);
    Incoming.Surroundings around =
        new Incoming.Surroundings(turn, admission, arrivals, new Numbers(writer), options.clock());
    Thread thread = options.threads().newThread(keeper::loop);
    desk =
        new Desk(
            fresh,
            new Incoming(fresh, keeper, around),
            new FreshLeases(fresh, around),
            keeper,
            thread);
    thread.start();
  }

  void add(List<Submission> submissions, List<Body> bodies) {
    Desk now = desk;
    if (now == null) {
      working.add(submissions, bodies);
    } else if (!now.incoming().add(submissions, bodies)) {
      now.incoming().giveUp(submissions, () -> working.add(submissions, bodies));
      turn.changed();
    }
  }

  List<Lease> claim(ClaimRequest request) {
    Desk now = desk;
    if (now == null) {
      return working.claim(request);
    }
    long seen = arrivals.changes();
    now.leases().freeLost(request.now());
    List<Lease> had = isToClaim(now, request) ? claimFromTables(share(now, request)) : List.of();
    if (working.isAlone(request.now())) {
      return had;
    }
    List<Lease> fresh = now.leases().claim(request, had);
    arrivals.claimed(seen);
    return had.isEmpty() ? fresh : Stream.concat(had.stream(), fresh.stream()).toList();
  }

  private boolean isToClaim(Desk now, ClaimRequest request) {
    boolean idle = now.fresh().with(FreshBook::isNobodyWaiting);
    TablesTurn.Ask ask = turn.next(request, idle);
    if (ask != TablesTurn.Ask.LOOK) {
      return ask == TablesTurn.Ask.CLAIM;
    }
    boolean due = looking.isAnythingDue(request.now());
    if (!due) {
      turn.sawNothing(request.now());
    }
    return due;
  }

  /** Half of the room is for fresh mail, if some waits. */
  private ClaimRequest share(Desk now, ClaimRequest request) {
    if (now.fresh().with(FreshBook::isNobodyWaiting)) {
      return request;
    }
    return request.most() > 1 ? request.withMost(request.most() / 2) : request;
  }

  private List<Lease> claimFromTables(ClaimRequest request) {
    long foreign = arrivals.foreign();
    turn.claims(request.now());
    List<Lease> leases = working.claim(request);
    if (arrivals.foreign() != foreign) {
      admission.forget();
    }
    if (!leases.isEmpty()) {
      turn.changed();
      // Where some was due there may be more, which nobody may overtake.
      leases.forEach(lease -> admission.forget(lease.delivery().destination()));
    }
    return leases;
  }

  Set<Lease> renew(List<Lease> leases, Instant at, Duration leaseFor) {
    Desk now = desk;
    List<Lease> others = now == null ? leases : now.leases().renew(leases, at.plus(leaseFor));
    return others.isEmpty() ? Set.of() : working.renew(others, at, leaseFor);
  }

  List<Settlement.Result> settle(List<Settlement> all, Map<SubmissionId, Body> spawned) {
    Desk now = desk;
    if (now == null) {
      return working.settle(all, spawned);
    }
    FreshEnding ending =
        new FreshEnding(
            now.fresh(),
            settlements -> {
              turn.changed();
              return Working.settling(settlements, spawned);
            });
    List<Settlement.Result> results = ending.settle(all);
    working.settled(all);
    return results;
  }

  void release(List<Lease> leases, Instant at) {
    Desk now = desk;
    List<Lease> others = now == null ? leases : now.leases().release(leases);
    if (!others.isEmpty()) {
      working.release(others, at);
      turn.changed();
    }
  }

  void postpone(Destination destination, Instant until) {
    Desk now = desk;
    if (now != null) {
      now.fresh().leaveAll(message -> message.isFor(destination));
    }
    working.postpone(destination, until);
    admission.forget();
    turn.changed();
  }

  Optional<MessageSource> message(SubmissionId submission) {
    Desk now = desk;
    return now == null
        ? Optional.empty()
        : now.fresh()
            .with(
                book -> book.find(submission).filter(m -> !m.isEnded()).map(FreshMessage::source));
  }

  /** Brings everything into the tables, for somebody who looks there or changes something. */
  void empty() {
    Desk now = desk;
    if (now != null) {
      now.keeper().empty();
      turn.changed();
    }
  }

  /** The same, of one message. */
  void empty(SubmissionId submission) {
    Desk now = desk;
    if (now != null) {
      now.fresh().leaveEach(now.fresh().with(book -> book.find(submission).stream().toList()));
      turn.changed();
    }
  }

  /** All that has outcomes gets into the tables, if they take it. */
  void writeDown() {
    Desk now = desk;
    if (now != null) {
      try {
        now.fresh().leaveAll(FreshMessage::isAnyEnded);
      } catch (QueueException e) {
        // Whoever comes again finds them; nobody has to hear of the others later for that.
        log.warn("outcomes are in the journal alone: {}", e.toString());
      }
    }
  }

  /** What is in no table yet. */
  QueueStats stats() {
    Desk now = desk;
    return now == null ? FreshBook.NOTHING : now.fresh().with(FreshBook::stats);
  }

  /** Brings everything into the tables; what they do not take stays in the journal. */
  @Override
  public void close() {
    Desk now = desk;
    if (now == null) {
      return;
    }
    now.keeper().stop();
    try {
      now.thread().join();
      now.keeper().empty();
    } catch (QueueException e) {
      log.warn("what the journal has stays there for the next to open it: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      desk = null;
      closeJournal(now.fresh().journal());
    }
  }

  private static void closeJournal(Journal journal) {
    try {
      journal.close();
    } catch (IOException e) {
      log.warn("the journal: {}", e.toString());
    }
  }
}
