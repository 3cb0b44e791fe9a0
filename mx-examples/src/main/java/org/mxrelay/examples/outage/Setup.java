package org.mxrelay.examples.outage;

import java.util.Locale;

/** What stands beside the primary. */
public enum Setup {
  /** The primary is the only exchange. */
  NONE("no backup", "The primary alone."),
  /**
   * A mail server that takes all mail for the domain and passes it on as its queue has it: no
   * filter, no list of recipients, trusted by the primary.
   */
  LOOSE(
      "loose backup", "Takes everything for the domain, and passes it on when its queue says so."),
  /**
   * The same, but it asks the primary for each recipient and remembers the answers; while the
   * primary is away, a recipient that it does not know is put off.
   */
  VERIFYING(
      "verifying backup", "The same, but takes only recipients that the primary is known to have."),
  /**
   * A gateway that plays each transaction to the primary while that is up, and hands back its
   * answers; while it is away takes known recipients only, filters as the primary does, and passes
   * on the moment the primary is back.
   */
  GATEWAY(
      "asking gateway",
      "Plays each transaction to the primary and hands back its answers; filters while it is away,"
          + " and passes on the moment it is back.");

  private final String title;
  private final String description;

  Setup(String title, String description) {
    this.title = title;
    this.description = description;
  }

  /** Its name for people. */
  public String title() {
    return title;
  }

  /** What it does, in a sentence. */
  public String description() {
    return description;
  }

  /** Its name in options and records. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
