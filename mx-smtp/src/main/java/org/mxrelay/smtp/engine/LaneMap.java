package org.mxrelay.smtp.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxrelay.address.Destination;
import org.mxrelay.routing.Route;

/**
 * Which destination goes in which lane, as far as it is remembered: in one of its own until its
 * exchanges are known, then with all that have the same ones.
 *
 * <p>Confined to the lock of {@link Lanes}.
 */
final class LaneMap {

  /** Of both; who is forgotten is learnt again. */
  private static final int MOST = 10_000;

  private final int unproven;
  private final Map<Destination, Lane> byDestination = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<List<String>, Lane> byExchanges = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param unproven sessions at a time with a lane that has not answered yet
   */
  LaneMap(int unproven) {
    this.unproven = unproven;
  }

  /** The lane of a destination, if it is remembered. */
  Optional<Lane> find(Destination destination) {
    return Optional.ofNullable(byDestination.get(destination));
  }

  Lane of(Destination destination) {
    Lane known = byDestination.get(destination);
    if (known != null) {
      return known;
    }
    Lane own = new Lane(List.of(destination.toString()), Window.unproven(unproven));
    byDestination.put(destination, own);
    forgetIdle(byDestination);
    return own;
  }

  /** The lane of those exchanges, in which the destination goes from now on. */
  Lane learn(Destination destination, List<Route> routes) {
    List<String> exchanges = exchanges(routes);
    Lane lane = byExchanges.get(exchanges);
    if (lane == null) {
      lane = new Lane(exchanges, Window.unproven(unproven));
      byExchanges.put(exchanges, lane);
      forgetIdle(byExchanges);
    }
    byDestination.put(destination, lane);
    return lane;
  }

  /** The same in whatever order, and however often, they come. */
  static List<String> exchanges(List<Route> routes) {
    return routes.size() == 1
        ? List.of(routes.get(0).exchange())
        : routes.stream().map(Route::exchange).distinct().sorted().toList();
  }

  private static void forgetIdle(Map<?, Lane> lanes) {
    Iterator<Lane> all = lanes.values().iterator();
    for (int over = lanes.size() - MOST; over > 0 && all.hasNext(); over--) {
      Lane eldest = all.next();
      if (eldest.isIdle()) {
        all.remove();
      }
    }
  }
}
