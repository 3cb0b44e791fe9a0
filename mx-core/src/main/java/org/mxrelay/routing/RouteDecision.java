package org.mxrelay.routing;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.reply.EnhancedStatusCode;

/**
 * Where a destination's mail goes now, or why nowhere.
 *
 * <p>Immutable. A further case would be a breaking change.
 */
public sealed interface RouteDecision {

  /** What led to the decision, for people. */
  Trail trail();

  /** The routes in the order in which to try them; empty unless {@link Attempt}. */
  default List<Route> routes() {
    return List.of();
  }

  /**
   * What becomes of mail for something that is no destination: failed with 5.1.3.
   *
   * @param at the time of the decision
   */
  static RouteDecision invalidDestination(InvalidAddressException because, Instant at) {
    return Verdicts.notADomain("invalid destination: " + because.why(), new Trail(at, List.of()));
  }

  /**
   * What becomes of mail for a destination whose own TLS policy rules out every route: deferred
   * with 4.7.5, since whoever changed the exchanges may yet change the policy (RFC 8461, 5).
   *
   * @param why in words
   */
  static RouteDecision ruledOut(String why, Trail trail) {
    return Verdicts.ruledOut(why, trail);
  }

  /** The decision for people: one line an exchange, then one for each note. */
  default List<String> explain() {
    return Explanation.of(this);
  }

  /** Answers for whichever case this is. */
  default <T> T fold(
      Function<? super Attempt, ? extends T> attempt,
      Function<? super Defer, ? extends T> defer,
      Function<? super Fail, ? extends T> fail) {
    if (this instanceof Attempt a) {
      return attempt.apply(a);
    } else if (this instanceof Defer d) {
      return defer.apply(d);
    } else if (this instanceof Fail f) {
      return fail.apply(f);
    }
    throw new AssertionError(this);
  }

  /**
   * Try these routes, of which there is at least one.
   *
   * @param routes in the order in which to try them
   * @param bestPreference that of the primary: the lowest preference number of the destination's
   *     exchanges, even if the primary itself is not among the routes because it did not resolve
   * @param trail what led to the decision
   */
  record Attempt(List<Route> routes, int bestPreference, Trail trail) implements RouteDecision {
    /**
     * @throws IllegalArgumentException if there is no route
     */
    public Attempt {
      routes = List.copyOf(routes);
      if (routes.isEmpty()) {
        throw new IllegalArgumentException("an attempt without a route");
      }
    }

    /** An attempt whose best route is the primary's. */
    public Attempt(List<Route> routes, Trail trail) {
      this(routes, routes.stream().mapToInt(Route::preference).min().orElse(0), trail);
    }

    /**
     * This attempt with fewer routes; what is a backup stays one.
     *
     * @param more notes that say why the others are left out
     * @throws IllegalArgumentException if there is no route
     */
    public Attempt narrowed(List<Route> kept, List<RouteNote> more) {
      return new Attempt(kept, bestPreference, trail.and(more));
    }

    /** What a route is to the destination: its primary, or a backup of it. */
    public Fallthrough.Rank rank(Route route) {
      return isBackup(route) ? Fallthrough.Rank.BACKUP : Fallthrough.Rank.BEST;
    }

    /** Whether a route leads to a backup: its preference number is higher than the best. */
    public boolean isBackup(Route route) {
      return route.preference() > bestPreference;
    }
  }

  /** Nowhere now; ask again later. */
  record Defer(Reason reason, EnhancedStatusCode status, String why, Trail trail)
      implements RouteDecision {}

  /** Nowhere ever; tell the sender. */
  record Fail(Reason reason, EnhancedStatusCode status, String why, Trail trail)
      implements RouteDecision {}

  /** Why there is no route. */
  enum Reason {
    /** The domain says that it takes no mail (RFC 7505). */
    NULL_MX,
    /** The domain does not exist. */
    NO_SUCH_DOMAIN,
    /** Neither an exchange nor the domain itself has an address. */
    NO_MAIL_HOST,
    /** Every address was refused by the address policy. */
    REFUSED_ADDRESS,
    /** The DNS could not tell now. */
    UNRESOLVED,
    /** We are the best exchange ourselves. */
    LOOP,
    /** The destination is no domain. */
    INVALID_DOMAIN,
    /** A policy of the destination's, such as MTA-STS, rules every route out. */
    TLS_POLICY
  }

  /**
   * What led to a decision.
   *
   * @param validUntil until when the same question would get the same answer from the cache
   * @param notes what befell each exchange and address that needs a word
   */
  record Trail(Instant validUntil, List<RouteNote> notes) {
    public Trail {
      notes = List.copyOf(notes);
    }

    /** This trail with notes after its own. */
    public Trail and(List<RouteNote> more) {
      return new Trail(validUntil, Stream.concat(notes.stream(), more.stream()).toList());
    }
  }
}
