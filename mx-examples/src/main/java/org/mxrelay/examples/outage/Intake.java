package org.mxrelay.examples.outage;

import org.mxrelay.examples.outage.Letter.Box;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.backup.Admission;
import org.mxrelay.smtp.backup.Known;
import org.mxrelay.smtp.backup.PrimaryState;
import org.mxrelay.smtp.backup.RecipientMap.Knowledge;
import org.mxrelay.smtp.backup.UnknownRecipients;

/**
 * What a backup takes into its queue: the library's own admission for the recipient, and a filter
 * for the message if it has one. Pure.
 */
enum Intake {
  /** Everything for the domain. */
  EVERYTHING,
  /** Recipients that the primary has, as far as that is known. */
  KNOWN_RECIPIENTS,
  /** The same, and nothing that the filter knows for spam. */
  FILTERED;

  private static final Known REMEMBERED =
      new Known(Known.Standing.GOOD, Reply.of(250, "2.1.5 ok"), Known.Freshness.FRESH);

  Said admit(Letter letter, PrimaryState primary) {
    if (this == EVERYTHING) {
      return Said.TAKEN;
    }
    Known known = letter.box() == Box.REMEMBERED ? REMEMBERED : Known.NOTHING;
    return Admission.decide(Knowledge.UNKNOWN, known, primary, UnknownRecipients.DEFER)
        .fold(
            take -> content(letter),
            refuse -> Said.reply(Stage.RCPT, refuse.reply()),
            ask -> letter.box() == Box.NOBODY ? Said.NO_SUCH_USER : content(letter));
  }

  private Said content(Letter letter) {
    return this == FILTERED ? Filter.WITH_ADDRESS.judge(letter.nature()) : Said.TAKEN;
  }
}
