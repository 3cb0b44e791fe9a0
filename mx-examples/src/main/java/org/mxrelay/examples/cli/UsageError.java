package org.mxrelay.examples.cli;

/** An argument that cannot be used. The message names it, its value and the reason. */
final class UsageError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageError(String message) {
    super(message);
  }

  /**
   * @param option the option or argument: {@code --queue}
   * @param value as it was given
   * @param why a phrase
   */
  static UsageError of(String option, String value, String why) {
    return new UsageError(option + " '" + value + "': " + why);
  }
}
