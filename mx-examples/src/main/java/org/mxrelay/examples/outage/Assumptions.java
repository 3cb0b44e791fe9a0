package org.mxrelay.examples.outage;

/**
 * What is assumed of the mail, each a share from 0 to 1.
 *
 * <p>Immutable.
 *
 * @param spam of all mail; about half, as the yearly reports of spam filters' makers have it
 *     (Kaspersky's for 2024: 47 %)
 * @param spamAtBackup of the spam that goes to the backup first where there is one. That spammers
 *     do it is old experience, how many do is not known: an assumption
 * @param spamToNobody of the spam that is for addresses which do not exist; an assumption
 * @param caughtByAddress of the other spam that the primary refuses by where it comes from, by
 *     blocking lists and the like; an assumption
 * @param caughtByContent of what is left that it refuses by what is in it; an assumption
 * @param recipientsKnown of the wanted mail that is for recipients whom the backup's verification
 *     remembers, the rest being for some who had no mail in the last month; an assumption
 * @param repliesLost of the messages that the primary takes without its sender hearing of it, as
 *     RFC 1047 describes; an assumption
 */
public record Assumptions(
    double spam,
    double spamAtBackup,
    double spamToNobody,
    double caughtByAddress,
    double caughtByContent,
    double recipientsKnown,
    double repliesLost) {

  /** The default. */
  public static final Assumptions STANDARD = new Assumptions(0.47, 0.2, 0.2, 0.8, 0.8, 0.9, 0.0005);

  /**
   * @throws IllegalArgumentException if one is not from 0 to 1, naming it
   */
  public Assumptions {
    share("spam", spam);
    share("spam at the backup", spamAtBackup);
    share("spam to nobody", spamToNobody);
    share("caught by address", caughtByAddress);
    share("caught by content", caughtByContent);
    share("recipients known", recipientsKnown);
    share("replies lost", repliesLost);
  }

  private static void share(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + ": " + value + " is not from 0 to 1");
    }
  }

  /** Another share of spam. */
  public Assumptions withSpam(double share) {
    return new Assumptions(
        share,
        spamAtBackup,
        spamToNobody,
        caughtByAddress,
        caughtByContent,
        recipientsKnown,
        repliesLost);
  }

  /** Another share of the spam that goes to the backup first. */
  public Assumptions withSpamAtBackup(double share) {
    return new Assumptions(
        spam, share, spamToNobody, caughtByAddress, caughtByContent, recipientsKnown, repliesLost);
  }

  /** Another share of recipients that the verification remembers. */
  public Assumptions withRecipientsKnown(double share) {
    return new Assumptions(
        spam, spamAtBackup, spamToNobody, caughtByAddress, caughtByContent, share, repliesLost);
  }
}
