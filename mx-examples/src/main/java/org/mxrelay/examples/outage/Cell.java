package org.mxrelay.examples.outage;

import java.time.Duration;
import java.util.List;

/**
 * What became of the mail under one setup and length of outage.
 *
 * <p>Immutable.
 *
 * @param setup what stood beside the primary
 * @param outage how long each outage was
 * @param outages how many there were
 * @param wanted what became of the wanted mail
 * @param spam what became of the spam
 * @param delays of the wanted mail that was sent during an outage and arrived
 * @param afterReturn how long after the primary's return that mail arrived, where it arrived later
 *     than that
 * @param senders the wanted mail that was sent during an outage by kinds of senders
 */
public record Cell(
    Setup setup,
    Duration outage,
    int outages,
    Wanted wanted,
    Spam spam,
    Delays delays,
    Delays afterReturn,
    List<BySender> senders) {

  /** How late is late without a word to the sender. */
  public static final Duration SILENCE = Duration.ofHours(4);

  public Cell {
    senders = List.copyOf(senders);
  }

  /**
   * What became of the wanted mail that was sent while the primary was away.
   *
   * @param sent all of it
   * @param lost what never arrived
   * @param silent what its sender was told had been taken, and was not there 4 hours later
   * @param duplicateShare copies beyond the first, of all wanted mail, sent whenever
   */
  public record Wanted(int sent, int lost, int silent, double duplicateShare) {

    /** 0 to 1; 0 if nothing was sent. */
    public double lostShare() {
      return share(lost, sent);
    }

    /** 0 to 1; 0 if nothing was sent. */
    public double silentShare() {
      return share(silent, sent);
    }
  }

  /**
   * What became of the spam, sent whenever.
   *
   * @param passedShare what is in a mailbox, 0 to 1
   * @param backscatterShare what the backup had taken and the primary refused, and the backup
   *     reported to a forged sender, 0 to 1
   */
  public record Spam(double passedShare, double backscatterShare) {}

  /**
   * What became of the mail of one kind of sender that was sent while the primary was away.
   *
   * @param sender its name in options and records
   */
  public record BySender(String sender, String title, int sent, int lost) {

    /** 0 if nothing was sent. */
    public double lostShare() {
      return share(lost, sent);
    }
  }

  static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
