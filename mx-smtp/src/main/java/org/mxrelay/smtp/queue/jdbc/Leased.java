package org.mxrelay.smtp.queue.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.mxrelay.smtp.queue.Lease;

/**
 * What is leased by whoever shares the fate of this engine: a delivery that kills its engine is
 * attempted when that is nothing. Safe for use by several threads.
 */
interface Leased {

  /** Whether something is leased that was claimed so often. */
  boolean isAny(Statements sql, int claims, Instant now) throws SQLException;

  /** These are ours until then, each by its own {@link Lease#until} if no time is given. */
  default void took(Collection<Lease> leases) {}

  /** These last until then. */
  default void renewed(Collection<Lease> leases, Instant until) {}

  /** These are no longer ours. */
  default void ended(Collection<Lease> leases) {}

  /** The same where something may be leased for the first time that is in no table. */
  default Leased or(BooleanSupplier elsewhere) {
    return (sql, claims, now) ->
        (claims <= 1 && elsewhere.getAsBoolean()) || isAny(sql, claims, now);
  }

  /** Where one engine has the store, all that is leased. */
  static Leased inStore() {
    return (sql, claims, now) ->
        sql.first(
                "SELECT 1 FROM mx_delivery WHERE state = 1 AND claims >= ? LIMIT 1",
                row -> row.getInt(1),
                claims)
            .isPresent();
  }

  /** Where several nodes share it, what this one has: the others go on when this one dies. */
  static Leased byThisNode() {
    return new ByThisNode();
  }

  /** The leases of a node, as it knows them itself. */
  final class ByThisNode implements Leased {

    private final Map<Long, Held> held = new ConcurrentHashMap<>();

    private ByThisNode() {}

    @Override
    public boolean isAny(Statements sql, int claims, Instant now) {
      held.values().removeIf(lease -> !lease.until().isAfter(now));
      return held.values().stream().anyMatch(lease -> lease.claims() >= claims);
    }

    @Override
    public void took(Collection<Lease> leases) {
      leases.forEach(lease -> held.put(lease.token(), new Held(lease.claims(), lease.until())));
    }

    @Override
    public void renewed(Collection<Lease> leases, Instant until) {
      leases.forEach(
          lease -> held.computeIfPresent(lease.token(), (t, h) -> new Held(h.claims(), until)));
    }

    @Override
    public void ended(Collection<Lease> leases) {
      leases.forEach(lease -> held.remove(lease.token()));
    }

    private record Held(int claims, Instant until) {}
  }
}
