package org.mxrelay.smtp.engine;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The engine without its threads: what a test turns by hand.
 *
 * @param lanes what is under way
 * @param keeper renews leases
 * @param line where outcomes wait to be stored
 * @param worker sees work through
 * @param dispatch hands it to threads
 * @param claims claims
 */
record Machinery(
    Lanes lanes,
    LeaseKeeper keeper,
    SettleLine line,
    Worker worker,
    Dispatch dispatch,
    ClaimLoop claims) {

  static Machinery of(EngineParts parts, Executor workers) {
    Lanes lanes = new Lanes(parts.limits(), parts.times().nanos());
    LeaseKeeper keeper = new LeaseKeeper(parts.queue(), parts.times());
    Consumer<Work> whenOver =
        work -> {
          keeper.forget(work);
          lanes.leave(work);
        };
    SettleLine line =
        new SettleLine(
            new Ledger(
                parts.queue(), parts.times().pause(), new Announcer(parts.listener()), whenOver));
    Reachability reach = new Reachability(parts.queue(), parts.times(), lanes);
    Worker worker =
        new Worker(
            new DeliveryRun(parts, lanes, reach, line), parts.queue(), parts.times(), whenOver);
    Dispatch dispatch = new Dispatch(lanes, workers, worker);
    ClaimLoop claims = new ClaimLoop(parts, new ClaimLoop.Crew(lanes, keeper, dispatch));
    return new Machinery(lanes, keeper, line, worker, dispatch, claims);
  }
}
