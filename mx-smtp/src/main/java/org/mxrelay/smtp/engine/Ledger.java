package org.mxrelay.smtp.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Settlement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores settlements and has them told. A store that fails is asked again as long as the leases are
 * ours, since what is not stored is delivered once more (G5).
 *
 * <p>Confined to one thread at a time, except for {@link #hurry}.
 */
final class Ledger {

  private static final Logger log = LoggerFactory.getLogger(Ledger.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final DeliveryQueue queue;
  private final Times.Pause pause;
  private final Announcer announcer;
  private final Consumer<Work> whenOver;
  private volatile boolean hurried;

  /**
   * @param whenOver given what was stored and told, or given up
   */
  Ledger(DeliveryQueue queue, Times.Pause pause, Announcer announcer, Consumer<Work> whenOver) {
    this.queue = queue;
    this.pause = pause;
    this.announcer = announcer;
    this.whenOver = whenOver;
  }

  /** From now on a store that fails is not asked again. */
  void hurry() {
    hurried = true;
  }

  /** Stores all of them, or what can be stored of them. */
  void store(List<Unsettled> all) {
    Duration wait = FIRST_PAUSE;
    List<Unsettled> left = attempt(all);
    while (!left.isEmpty()) {
      boolean again = !hurried && pause(wait);
      List<Unsettled> ours = new ArrayList<>();
      for (Unsettled one : left) {
        if (again && one.work().isOurs()) {
          ours.add(one);
        } else {
          giveUp(one);
        }
      }
      left = attempt(ours);
      wait = least(wait.multipliedBy(2), LONGEST_PAUSE);
    }
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** Answers with those that could not be stored, those that failed by themselves last. */
  private List<Unsettled> attempt(List<Unsettled> all) {
    if (all.isEmpty() || isStored(all)) {
      return List.of();
    }
    if (all.size() == 1) {
      return all;
    }
    // One that is at fault must not stop the others; but when a second one fails, the store does.
    List<Unsettled> failed = new ArrayList<>();
    int next = 0;
    while (next < all.size() && failed.size() < 2) {
      Unsettled one = all.get(next++);
      if (!isStored(List.of(one))) {
        failed.add(one);
      }
    }
    List<Unsettled> left = new ArrayList<>(all.subList(next, all.size()));
    left.addAll(failed);
    return left;
  }

  private boolean isStored(List<Unsettled> all) {
    List<Settlement.Result> results;
    try {
      results = queue.settle(all.stream().map(Unsettled::settlement).toList());
    } catch (RuntimeException e) {
      log.warn("{} outcomes are not stored yet: {}", all.size(), e.toString());
      return false;
    }
    for (int i = 0; i < all.size(); i++) {
      end(all.get(i), results.get(i));
    }
    return true;
  }

  private void giveUp(Unsettled one) {
    Delivery delivery = one.work().delivery();
    log.error(
        "delivery {} of {}: its outcome is not stored, it will be attempted again: {}",
        delivery.id(),
        delivery.submission(),
        one.settlement().ended().stream().map(o -> o.outcome().word()).toList());
    end(one, Settlement.Result.LEASE_LOST);
  }

  private void end(Unsettled one, Settlement.Result result) {
    try {
      announcer.announce(one.conclusion(), result);
    } finally {
      whenOver.accept(one.work());
    }
  }

  private boolean pause(Duration length) {
    try {
      pause.take(length);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
