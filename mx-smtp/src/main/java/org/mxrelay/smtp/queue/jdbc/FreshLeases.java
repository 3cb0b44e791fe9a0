package org.mxrelay.smtp.queue.jdbc;

import java.time.Instant;
import java.util.List;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.Lease;

/**
 * The leases of what is only in the journal. They are in memory alone: whoever dies with them has
 * lost them, and the tables get what the journal has.
 *
 * <p>Safe for use by several threads.
 */
final class FreshLeases {

  private final Fresh fresh;
  private final TablesTurn turn;
  private final Arrivals arrivals;
  private final Numbers numbers;

  FreshLeases(Fresh fresh, Incoming.Surroundings around) {
    this.fresh = fresh;
    this.turn = around.turn();
    this.arrivals = around.arrivals();
    this.numbers = around.numbers();
  }

  /** What has room beside what the tables gave. */
  List<Lease> claim(ClaimRequest request, List<Lease> had) {
    if (had.size() >= request.most() || fresh.with(FreshBook::isNobodyWaiting)) {
      return List.of();
    }
    long token = numbers.next();
    return fresh.with(book -> book.claim(request, had, token));
  }

  /** Whose lease ran out goes into the tables, which know what to do about that. */
  void freeLost(Instant now) {
    if (fresh.with(book -> book.nextLoss().isAfter(now))) {
      return;
    }
    fresh.leaveEach(fresh.with(book -> book.lost(now)));
    turn.changed();
  }

  /** Prolongs the leases that are held here, and answers with the others. */
  List<Lease> renew(List<Lease> leases, Instant until) {
    return fresh.change(
        leases, book -> leases.stream().filter(lease -> !isRenewed(book, lease, until)).toList());
  }

  private static boolean isRenewed(FreshBook book, Lease lease, Instant until) {
    FreshDelivery delivery = book.owned(lease);
    if (delivery != null) {
      delivery.renew(until);
    }
    return delivery != null;
  }

  /** Takes back what is leased here, and answers with the others. */
  List<Lease> release(List<Lease> leases) {
    List<Lease> others =
        fresh.change(
            leases, book -> leases.stream().filter(lease -> !isReleased(book, lease)).toList());
    arrivals.changed();
    return others;
  }

  private static boolean isReleased(FreshBook book, Lease lease) {
    FreshDelivery delivery = book.owned(lease);
    if (delivery != null) {
      book.giveBack(delivery);
    }
    return delivery != null;
  }
}
