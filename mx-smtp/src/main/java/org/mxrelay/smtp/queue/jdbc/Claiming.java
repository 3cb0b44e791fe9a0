package org.mxrelay.smtp.queue.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.LostLeases;
import org.mxrelay.smtp.queue.QueueEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims what is due, at a cost of the destinations served, whatever waits behind them. */
final class Claiming {

  private static final Logger log = LoggerFactory.getLogger(JdbcQueue.class);

  /** How many rows one statement marks: few widths, since each is a statement of its own. */
  private static final int[] WIDTHS = {64, 16, 4, 1};

  private final WriteTransaction transaction;
  private final Statements sql;
  private final DeliveryRows rows;
  private final ClaimRequest request;
  private final long now;
  private final Leased leased;
  private final Instant leaseTime;
  private @Nullable Long token;
  private final AtHand atHand;
  private final List<Lease> leases = new ArrayList<>();
  private final List<Long> unmarked = new ArrayList<>();
  private final List<QueueEntry> held = new ArrayList<>();

  /**
   * @param leased what else is leased
   * @param leaseTime now, by the time that leases go by
   * @param atHand given the small messages
   */
  Claiming(
      WriteTransaction transaction,
      ClaimRequest request,
      Leased leased,
      Instant leaseTime,
      AtHand atHand) {
    this.atHand = atHand;
    this.leased = leased;
    this.leaseTime = leaseTime;
    this.transaction = transaction;
    this.sql = transaction.sql();
    this.rows = new DeliveryRows(transaction);
    this.request = request;
    this.now = Micros.of(request.now());
  }

  /**
   * @param aloneUntil nothing is claimed before then beside a delivery that is attempted alone
   */
  List<Lease> claim(Instant aloneUntil) throws SQLException {
    freeLost();
    if (aloneUntil.isAfter(leaseTime) && isLeased(LostLeases.ALONE_AFTER + 1)) {
      return List.of();
    }
    if (claimSuspect()) {
      return leases;
    }
    claimInTurn();
    if (request.wantsPostponed() && room() > 0) {
      claimPostponed();
      mark();
    }
    return leases;
  }

  /** Whose time is over, or who are late, though their destination is postponed. */
  private void claimPostponed() throws SQLException {
    List<DeliveryRow> wanted =
        sql.all(
            DeliveryRow.SELECT
                + "WHERE d.state = 0 AND d.due <= ? AND l.not_before > ? AND (m.queued_at <= ? OR"
                + " (d.delay_noticed IS NULL AND m.queued_at <= ?)) ORDER BY m.queued_at, d.id"
                + " LIMIT ?",
            DeliveryRow::read,
            now,
            now,
            Micros.of(request.overdue()),
            Micros.of(request.late()),
            room());
    for (DeliveryRow row : wanted) {
      if (!request.blocked().contains(row.delivery().destination())) {
        lease(row);
      }
    }
  }

  /** Whether one is leased that was claimed so often. */
  private boolean isLeased(int claims) throws SQLException {
    return leased.isAny(sql, claims, leaseTime);
  }

  private void freeLost() throws SQLException {
    List<DeliveryRow> lost =
        sql.all(
            DeliveryRow.SELECT + "WHERE d.state = 1 AND d.lease_until <= ?",
            DeliveryRow::read,
            Micros.of(leaseTime));
    for (DeliveryRow row : lost) {
      rows.lost(row, request.now()).ifPresent(held::add);
    }
  }

  /** What had to be held instead of being claimed. */
  List<QueueEntry> held() {
    return List.copyOf(held);
  }

  private boolean claimSuspect() throws SQLException {
    List<DeliveryRow> due =
        sql.all(
            DeliveryRow.SELECT
                + "WHERE d.state = 3 AND d.due <= ? AND l.not_before <= ? ORDER BY d.due",
            DeliveryRow::read,
            now,
            now);
    if (due.isEmpty() || isLeased(1)) {
      return false;
    }
    for (DeliveryRow row : due) {
      if (!request.blocked().contains(row.delivery().destination()) && lease(row)) {
        mark();
        return true;
      }
    }
    return false;
  }

  private void claimInTurn() throws SQLException {
    List<DestinationRow> lines = lines();
    Map<DestinationRow, Integer> mayHaveMore = new LinkedHashMap<>();
    int served = 0;
    for (DestinationRow line : lines) {
      int share = Math.min(ceil(room(), lines.size() - served++), request.mostPerDestination());
      if (claimFrom(line, share) == share && share < request.mostPerDestination()) {
        mayHaveMore.put(line, share);
      }
    }
    mark();
    // What some left over goes to those who have more.
    for (Map.Entry<DestinationRow, Integer> more : mayHaveMore.entrySet()) {
      claimFrom(more.getKey(), Math.min(room(), request.mostPerDestination() - more.getValue()));
    }
    mark();
    for (DestinationRow line : lines) {
      line.served(now, transaction.next(), transaction.destinations().earliestDue(line));
    }
  }

  private int room() {
    return request.most() - leases.size();
  }

  private static int ceil(int room, int lines) {
    return (room + lines - 1) / lines;
  }

  private List<DestinationRow> lines() throws SQLException {
    Set<String> blocked =
        request.blocked().stream().map(Object::toString).collect(Collectors.toSet());
    return transaction.destinations().due(now, request.most() + blocked.size()).stream()
        .filter(line -> !blocked.contains(line.name))
        .limit(request.most())
        .toList();
  }

  /**
   * @return how many rows there were, those that could not be read included
   */
  private int claimFrom(DestinationRow line, int most) throws SQLException {
    if (most < 1) {
      return 0;
    }
    List<DeliveryRow> due =
        sql.all(
            DeliveryRow.SELECT_WITH_BODY
                + "WHERE d.destination = ? AND d.state = 0 AND d.due <= ?"
                + " ORDER BY d.due, d.id LIMIT ?",
            this::readWithBody,
            line.id,
            now,
            most);
    for (DeliveryRow row : due) {
      lease(row);
    }
    return due.size();
  }

  /** One that cannot be read is held, so that it stops nobody. */
  private boolean lease(DeliveryRow row) throws SQLException {
    if (row.broken().isPresent()) {
      log.warn("delivery {} is held: {}", row.id(), row.broken().get());
      rows.keepBack(row, row.broken().get());
      held.add(new QueueEntry(row.delivery(), QueueEntry.State.HELD, row.broken().get()));
      return false;
    }
    leases.add(
        new Lease(row.delivery(), token(), leaseTime.plus(request.leaseFor()), row.claims() + 1));
    unmarked.add(row.id());
    return true;
  }

  /** Drawn when it is needed: a claim that finds nothing writes nothing, and syncs nothing. */
  private long token() throws SQLException {
    if (token == null) {
      token = transaction.next();
    }
    return token;
  }

  private DeliveryRow readWithBody(ResultSet row) throws SQLException {
    DeliveryRow read = DeliveryRow.read(row);
    byte[] body = row.getBytes(DeliveryRow.BODY);
    if (body != null) {
      atHand.put(read.delivery().submission(), body);
    }
    return read;
  }

  /** Writes what was leased since this was last done, so that it is not found again. */
  private void mark() throws SQLException {
    int done = 0;
    for (int width : WIDTHS) {
      for (; unmarked.size() - done >= width; done += width) {
        mark(unmarked.subList(done, done + width));
      }
    }
    unmarked.clear();
  }

  private void mark(List<Long> ids) throws SQLException {
    List<Object> values =
        new ArrayList<>(List.of(token(), Micros.of(leaseTime.plus(request.leaseFor()))));
    values.addAll(ids);
    sql.update(
        "UPDATE mx_delivery SET state = 1, token = ?, claims = claims + 1, lease_until = ?"
            + " WHERE id IN (?"
            + ", ?".repeat(ids.size() - 1)
            + ")",
        values.toArray());
  }
}
