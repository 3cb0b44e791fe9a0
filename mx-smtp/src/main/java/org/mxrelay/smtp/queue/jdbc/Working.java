package org.mxrelay.smtp.queue.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.LostLeases;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;

/** What the engine does with a store. Safe for use by several threads. */
final class Working implements AutoCloseable {

  private static final Duration BETWEEN_SWEEPS = Duration.ofMinutes(1);

  private final Dialect dialect;
  private final Writer writer;
  private final AtHand atHand;
  private final InstantSource clock;
  private final Glances glances;
  private final Duration retention;
  private final Optional<EnginePlace> place;
  private final Leased leased;
  private final Arrivals arrivals = new Arrivals();
  private final Deque<QueueEntry> ownHolds = new ConcurrentLinkedDeque<>();
  private volatile Instant aloneUntil = Instant.MIN;
  private volatile Instant nextSweep = Instant.MIN;

  /**
   * @param elsewhere whether this process works on something that is in no table
   */
  Working(
      Dialect dialect,
      Writer writer,
      AtHand atHand,
      JdbcQueueBuilder options,
      BooleanSupplier elsewhere) {
    this.atHand = atHand;
    this.dialect = dialect;
    this.writer = writer;
    this.clock = options.clock();
    this.glances = new Glances(options.random());
    this.retention = options.retention();
    this.place = dialect.lock().map(lock -> new EnginePlace(lock, writer, dialect.store()));
    this.leased = place.isPresent() ? Leased.inStore().or(elsewhere) : Leased.byThisNode();
  }

  Arrivals arrivals() {
    return arrivals;
  }

  void add(List<Submission> submissions, List<Body> bodies) {
    writer.write(
        transaction -> {
          new Adding(transaction).add(submissions, bodies);
          return bodies;
        });
    arrivals.changed();
  }

  /** Takes the engine's place, if there is but one. */
  void attach() {
    place.ifPresent(engine -> ownHolds.addAll(engine.take(clock)));
    arrivals.changed();
  }

  /** Does something in the place of an engine, unless there is one. */
  void ifNobodyDelivers(Runnable action) {
    place.ifPresent(engine -> engine.ifFree(action));
  }

  List<Lease> claim(ClaimRequest request) {
    long seen = arrivals.changes();
    boolean sweep = isSweepDue(request.now());
    Claimed claimed = writer.write(transaction -> claim(transaction, request, sweep));
    leased.took(claimed.leases());
    ownHolds.addAll(claimed.held());
    arrivals.claimed(seen, claimed.foreign(), request.now());
    if (sweep && !claimed.sweepOn()) {
      nextSweep = request.now().plus(BETWEEN_SWEEPS);
    }
    if (claimed.leases().size() == 1 && LostLeases.isAlone(claimed.leases().get(0).claims())) {
      aloneUntil = claimed.leases().get(0).until();
    }
    return claimed.leases();
  }

  /** A clock that was set back must not keep the store from forgetting. */
  private boolean isSweepDue(Instant now) {
    return !nextSweep.isAfter(now) || nextSweep.isAfter(now.plus(BETWEEN_SWEEPS));
  }

  /** Whether a delivery is being attempted alone. */
  boolean isAlone(Instant now) {
    return aloneUntil.isAfter(now)
        && writer.write(t -> leased.isAny(t.sql(), LostLeases.ALONE_AFTER + 1, now));
  }

  private Claimed claim(WriteTransaction transaction, ClaimRequest request, boolean sweep)
      throws SQLException {
    long foreign = dialect.foreignChanges(transaction.sql());
    if (dialect.server().isPresent()) {
      new Arriving(transaction).arrive();
    }
    boolean sweepOn = sweep && Retention.sweep(transaction, retention, request.now());
    Instant leaseTime = dialect.leaseTime(transaction.sql(), request.now());
    Claiming claiming = new Claiming(transaction, request, leased, leaseTime, atHand);
    List<Lease> leases = claiming.claim(aloneUntil);
    return new Claimed(leases, claiming.held(), foreign, sweepOn);
  }

  /** What a claim brought, and what it saw. */
  private record Claimed(
      List<Lease> leases, List<QueueEntry> held, long foreign, boolean sweepOn) {}

  List<QueueEntry> takeOwnHolds() {
    List<QueueEntry> all = new ArrayList<>();
    for (QueueEntry held = ownHolds.poll(); held != null; held = ownHolds.poll()) {
      all.add(held);
    }
    return all;
  }

  Set<Lease> renew(List<Lease> leases, Instant now, Duration leaseFor) {
    Renewed renewed =
        writer.write(
            transaction -> {
              Instant until = dialect.leaseTime(transaction.sql(), now).plus(leaseFor);
              return new Renewed(until, renew(transaction, leases, until));
            });
    leased.renewed(leases, renewed.until());
    leased.ended(renewed.lost());
    return renewed.lost();
  }

  private static Set<Lease> renew(WriteTransaction transaction, List<Lease> leases, Instant until)
      throws SQLException {
    Set<Lease> lost = new HashSet<>();
    for (Lease lease : leases) {
      int renewed =
          transaction
              .sql()
              .update(
                  "UPDATE mx_delivery SET lease_until = ?"
                      + " WHERE id = ? AND token = ? AND state = 1",
                  Micros.of(until),
                  lease.delivery().id(),
                  lease.token());
      if (renewed == 0) {
        lost.add(lease);
      }
    }
    return lost;
  }

  /** Which leases last until when, and which are gone. */
  private record Renewed(Instant until, Set<Lease> lost) {}

  /**
   * @param spawned the bodies of what the settlements spawned
   */
  List<Settlement.Result> settle(List<Settlement> settlements, Map<SubmissionId, Body> spawned) {
    List<Settlement.Result> results = writer.write(settling(settlements, spawned));
    settled(settlements);
    return results;
  }

  /** The same within a transaction, after which {@link #settled} is to be called. */
  static Writer.Work<List<Settlement.Result>> settling(
      List<Settlement> settlements, Map<SubmissionId, Body> spawned) {
    return transaction -> {
      Settling settling = new Settling(transaction);
      List<Settlement.Result> answers = new ArrayList<>(settlements.size());
      for (Settlement settlement : settlements) {
        answers.add(
            settling.settle(
                settlement, settlement.spawned().stream().map(s -> spawned.get(s.id())).toList()));
      }
      return answers;
    };
  }

  /** They are stored. */
  void settled(List<Settlement> settlements) {
    ended(settlements.stream().map(Settlement::lease).toList());
    arrivals.changed();
  }

  void release(List<Lease> leases, Instant now) {
    // By the clock of those who claim, which need not be ours.
    Instant claimedAt = arrivals.claimedAt();
    writer.write(
        transaction -> {
          DeliveryRows rows = new DeliveryRows(transaction);
          for (Lease lease : leases) {
            Optional<DeliveryRow> row = rows.owned(lease);
            if (row.isPresent()) {
              rows.givenBack(row.get(), now, claimedAt);
            }
          }
          return leases;
        });
    ended(leases);
    arrivals.changed();
  }

  private void ended(List<Lease> leases) {
    leased.ended(leases);
    leases.forEach(lease -> atHand.forget(lease.delivery().submission()));
  }

  void postpone(Destination destination, Instant until) {
    writer.write(
        transaction -> {
          DestinationRows destinations = transaction.destinations();
          DestinationRow line = destinations.of(destination.toString());
          line.postpone(Micros.of(until), destinations.earliestDue(line));
          return line;
        });
    arrivals.changed();
  }

  void awaitWork(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    long left = atMost.toNanos();
    while (left > 0 && !isWork()) {
      arrivals.await(Duration.ofNanos(Math.min(left, glances.next().toNanos())));
      left = deadline - System.nanoTime();
    }
  }

  private boolean isWork() {
    if (arrivals.isNewsHere()) {
      return true;
    }
    long after = Micros.of(arrivals.claimedAt());
    return writer.write(
        transaction ->
            arrivals.isNews(dialect.foreignChanges(transaction.sql()))
                || (dialect.server().isPresent() && Arriving.isAny(transaction.sql()))
                || isTime(transaction.sql(), after));
  }

  private boolean isTime(Statements sql, long after) throws SQLException {
    Instant now = clock.instant();
    Duration fast = Duration.between(dialect.leaseTime(sql, now), now);
    return nextAfter(sql, after, fast) <= Micros.of(now);
  }

  /**
   * When something is due that was not due then, or a lease runs out.
   *
   * @param fast how much our clock is ahead of the time of leases
   */
  private static long nextAfter(Statements sql, long then, Duration fast) throws SQLException {
    return sql.first(
            "SELECT min(t) FROM ("
                + " SELECT min(next_due) AS t FROM mx_destination WHERE next_due > ?"
                + " UNION ALL SELECT min(due) FROM mx_delivery WHERE state = 3 AND due > ?"
                + " UNION ALL SELECT min(lease_until) + ? FROM mx_delivery WHERE state = 1) x",
            row -> {
              long next = row.getLong(1);
              return row.wasNull() ? Long.MAX_VALUE : next;
            },
            then,
            then,
            TimeUnit.MICROSECONDS.convert(fast))
        .orElse(Long.MAX_VALUE);
  }

  @Override
  public void close() {
    place.ifPresent(EnginePlace::close);
  }
}
