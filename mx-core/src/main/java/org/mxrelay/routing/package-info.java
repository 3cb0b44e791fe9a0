/**
 * Where a destination's mail goes, and which exchange comes next.
 *
 * <p>A {@link org.mxrelay.routing.Router} turns a destination into a {@link
 * org.mxrelay.routing.RouteDecision}: routes to attempt in their order (RFC 5321, 5.1), or the
 * reason to defer or to fail. It obeys its owner's {@link org.mxrelay.routing.RoutingOptions}: his
 * {@link org.mxrelay.routing.StaticRoutes} first; then the DNS, within {@link
 * org.mxrelay.routing.RoutingLimits}, without the exchanges that are ourselves ({@link
 * org.mxrelay.routing.SelfNames}) or not better, and without the addresses that the {@link
 * org.mxrelay.routing.AddressPolicy} refuses. Each exchange and address that is left out has a
 * {@link org.mxrelay.routing.RouteNote} that says why.
 *
 * <p>Inside, only {@code Lookups} asks. Where each answer is the very object that it was before,
 * the decision is too: a {@code Precedent}. Otherwise, what became of each exchange is a {@code
 * Finding}; {@code ExchangeOrder} and {@code AddressOrder} say in which order the usable ones are
 * tried, and {@code Verdicts} what to do where there is none.
 *
 * <p>While an attempt goes on, {@link org.mxrelay.routing.Fallthrough} alone decides whether a
 * recipient goes on to the next route: a {@link org.mxrelay.routing.Disposition} for each case, by
 * the table in {@code Situation}.
 *
 * <p>What an attempt found unreachable, {@link org.mxrelay.routing.DestinationMemory} keeps for the
 * others.
 */
@NullMarked
package org.mxrelay.routing;

import org.jspecify.annotations.NullMarked;
