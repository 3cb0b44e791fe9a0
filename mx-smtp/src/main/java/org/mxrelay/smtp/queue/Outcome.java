package org.mxrelay.smtp.queue;

import java.time.Instant;
import java.util.Locale;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.EnhancedStatusCode;

/**
 * How a recipient ended, for good.
 *
 * <p>Immutable.
 *
 * @param submission the message
 * @param recipient who
 * @param outcome how
 * @param diagnostic what was heard last
 * @param attempts sessions begun for it
 * @param at when
 */
public record Outcome(
    SubmissionId submission,
    Mailbox recipient,
    End outcome,
    Diagnostic diagnostic,
    int attempts,
    Instant at) {

  /** How a recipient ends that a person cancelled. */
  public static Outcome cancelled(Delivery of, OpenRecipient recipient, Instant at) {
    Diagnostic last =
        recipient
            .last()
            .orElseGet(
                () ->
                    Diagnostic.local(new EnhancedStatusCode(5, 0, 0), Category.OTHER, "cancelled"));
    return new Outcome(
        of.submission(), recipient.mailbox(), End.CANCELLED, last, of.attempts(), at);
  }

  /** Why, in words: the exchange's reply where there is one. */
  public String why() {
    return diagnostic.reply().isEmpty() ? diagnostic.why() : diagnostic.reply();
  }

  /** The four ways to end (guarantee G3: every accepted recipient ends in exactly one). */
  public enum End {
    /** An exchange took responsibility. */
    RELAYED,
    /** Refused for good. */
    BOUNCED,
    /** Its time was over. */
    EXPIRED,
    /** Cancelled by a person. */
    CANCELLED;

    /** The word in records and on the command line: {@code relayed}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
