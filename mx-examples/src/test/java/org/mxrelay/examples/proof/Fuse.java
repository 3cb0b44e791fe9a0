package org.mxrelay.examples.proof;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Halts the process when it comes to a point for the n-th time: nothing is flushed, closed or said.
 *
 * <p>Safe for use by several threads.
 */
final class Fuse {

  private final String point;
  private final int time;
  private final AtomicInteger passed = new AtomicInteger();

  /**
   * @param point the name of a {@link KillPoint}; any other halts nothing
   */
  Fuse(String point, int time) {
    this.point = point;
    this.time = time;
  }

  void at(KillPoint here) {
    if (here.name().equals(point) && passed.incrementAndGet() == time) {
      Runtime.getRuntime().halt(137);
    }
  }
}
