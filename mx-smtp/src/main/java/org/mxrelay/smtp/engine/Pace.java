package org.mxrelay.smtp.engine;

/**
 * At most one thing an interval, so that no window of time ever sees more than it has intervals.
 * Nothing is saved up.
 *
 * <p>Immutable. Pure: times are those of a monotonic clock, in nanoseconds.
 *
 * @param interval from one to the next
 * @param next when the next one may be
 */
record Pace(long interval, long next) {

  static Pace from(long now, long interval) {
    return new Pace(interval, now);
  }

  boolean isOpen(long now) {
    return next - now <= 0;
  }

  /** The pace after the next one was given its turn, be it now or later. */
  Pace taken(long now) {
    return new Pace(interval, (isOpen(now) ? now : next) + interval);
  }

  /** How long until the next turn. */
  long left(long now) {
    return Math.max(0, next - now);
  }
}
