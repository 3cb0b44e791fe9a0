package org.mxrelay.smtp.engine;

/**
 * How many sessions at a time a lane is good for, by what it answered: Postfix's feedback, behind a
 * careful start.
 *
 * <p>Who has not answered yet is trusted with what the caller says, then with {@value #FIRST}
 * sessions, and with one more for each answer. Each failure costs one session at once, and from the
 * first one on it takes a whole window's answers to get one; there is always one. A lane that comes
 * back from the dead starts with one session, and doubles. What is not used does not grow: a window
 * far above the sessions that are held would take too many failures to shrink.
 *
 * <p>Immutable. Pure.
 *
 * @param phase how it grows
 * @param size sessions at a time, at least 1
 * @param credit answers since it last grew, as parts of a session
 */
record Window(Phase phase, int size, double credit) {

  /** Where growth begins, and how much more than what is used it may be. */
  static final int FIRST = 5;

  /** How a window grows. */
  enum Phase {
    /** Nothing was ever heard: it does not, until something is. */
    UNPROVEN,
    /** Nothing failed yet: by one with each answer. */
    GROWING,
    /** It was dead, and doubles with each answer. */
    RAMP,
    /** By one for each window of answers. */
    STEADY
  }

  static Window unproven(int size) {
    return new Window(Phase.UNPROVEN, size, 0);
  }

  /** It was dead. */
  static Window back() {
    return new Window(Phase.RAMP, 1, 0);
  }

  /**
   * An exchange answered.
   *
   * @param busy sessions that were held at that time, this one among them
   * @param limit the most that it may grow to
   */
  Window answered(int busy, int limit) {
    return switch (phase) {
      case UNPROVEN -> new Window(Phase.GROWING, Math.min(limit, Math.max(size, FIRST)), 0);
      case RAMP -> 2 * size >= limit ? steady(limit, 0) : new Window(Phase.RAMP, 2 * size, 0);
      case GROWING -> isEnough(busy, limit) ? this : new Window(Phase.GROWING, size + 1, 0);
      case STEADY -> isEnough(busy, limit) ? this : credited();
    };
  }

  private boolean isEnough(int busy, int limit) {
    return size >= limit || size >= busy + FIRST;
  }

  private Window credited() {
    double worth = 1.0 / size;
    double sum = credit + worth;
    // Half an answer short is as good as there: a sum of fractions may never be quite one.
    return sum + worth / 2 >= 1 ? steady(size + 1, 0) : steady(size, sum);
  }

  /** An exchange could not be reached, or said that it is in trouble. */
  Window failed() {
    Phase then = phase == Phase.GROWING ? Phase.STEADY : phase;
    return new Window(then, Math.max(1, size - 1), 0);
  }

  private static Window steady(int size, double credit) {
    return new Window(Phase.STEADY, size, credit);
  }
}
