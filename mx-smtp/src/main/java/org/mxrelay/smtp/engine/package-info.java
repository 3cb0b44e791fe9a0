/**
 * The engine: claim, route, attempt, classify, decide, settle. Not exported.
 *
 * <p>The straight line stands in one method, {@code DeliveryRun.run}. Before it, {@code ClaimLoop}
 * claims what {@code Lanes} has room for, {@code LeaseKeeper} keeps the leases, and {@code
 * Dispatch} hands to threads what may begin. On it, {@code Routing} asks where to, {@code
 * RouteWalk} goes from exchange to exchange as {@code Course} says, {@code Sessions} has each
 * transaction made and {@code Judge} says what it means; {@code Decider} asks the retry policy, and
 * {@code Settler} makes the settlement. In {@code SettleLine} it waits for {@code Ledger} to store
 * it, together with all that came meanwhile; then {@code Announcer} tells the listeners.
 *
 * <p>A {@code Lane} is what goes to one set of exchanges. Three pure deciders say how fast: {@code
 * Window}, by what {@code Echo} hears in a session's answers, how many sessions at a time; {@code
 * Pace} how many a second, if somebody set a limit; {@code SlowDown} how much slower since an
 * exchange complained. {@code Slots} counts the sessions in all, and has those stand aside that
 * take long.
 *
 * <p>Where an attempt found nobody at all, {@code Reachability} postpones the destination with one
 * write. When that is over, {@code Lanes} admits one delivery, which finds out for the others:
 * nobody is there, and they wait twice as long, their schedules and counters untouched; or somebody
 * answers, and the backlog follows with a ramp. What is overdue meanwhile is claimed all the same,
 * and expires without an attempt; so is what is late, and its sender is told.
 *
 * <p>{@code Work} is a claimed delivery on that line. Whatever befalls it, {@code Worker} sees it
 * through, and exactly one thread takes it over to settle it. The deciders are pure; only the
 * settlement changes the store.
 */
@NullMarked
package org.mxrelay.smtp.engine;

import org.jspecify.annotations.NullMarked;
