package org.mxrelay.smtp.transport;

import java.util.Optional;
import java.util.function.Function;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;

/**
 * What an attempt heard of one recipient.
 *
 * <p>Immutable. A further case would be a breaking change.
 */
public sealed interface RecipientResult {

  /** Answers for whichever case this is. */
  default <T> T fold(
      Function<? super Answered, ? extends T> answered,
      Function<? super Refused, ? extends T> refused,
      Function<? super Lacking, ? extends T> lacking,
      Function<? super NextTransaction, ? extends T> nextTransaction,
      Function<? super Broken, ? extends T> broken) {
    if (this instanceof Answered a) {
      return answered.apply(a);
    } else if (this instanceof Refused r) {
      return refused.apply(r);
    } else if (this instanceof Lacking l) {
      return lacking.apply(l);
    } else if (this instanceof NextTransaction n) {
      return nextTransaction.apply(n);
    } else if (this instanceof Broken b) {
      return broken.apply(b);
    }
    throw new AssertionError(this);
  }

  /** Relayed: a 2yz to the end of the data. */
  record Answered(Reply reply) implements RecipientResult {}

  /** Refused with a 4yz or 5yz at that stage, for this recipient or for all. */
  record Refused(Stage stage, Reply reply) implements RecipientResult {}

  /**
   * Not asked: the exchange does not offer what the message or the recipient needs, such as an
   * extension or a larger SIZE. Another exchange of the destination may.
   *
   * @param stage at which it would have been asked
   * @param status of class 5 if this exchange will never do, of class 4 if it may
   * @param why in words, one printable line
   */
  record Lacking(Stage stage, EnhancedStatusCode status, String why) implements RecipientResult {

    /**
     * @throws IllegalArgumentException if the status says success
     */
    public Lacking {
      if (status.severity() == 2) {
        throw new IllegalArgumentException("lacking, with status " + status);
      }
    }
  }

  /**
   * Not refused but too many at once: to be sent again at once in a transaction of its own (RFC
   * 5321, 4.5.3.1.10).
   */
  record NextTransaction(Reply reply) implements RecipientResult {

    /**
     * Whether a reply to RCPT speaks of the number of recipients, not of this one. It does so only
     * where another recipient was accepted before.
     *
     * <p>RFC 5321, 4.5.3.1.10: 452, and from older servers 552. Where the reply explains itself by
     * an enhanced status code (RFC 3463, X.5.3), that decides; where it does not, another
     * transaction will tell, since there the recipient is the first.
     */
    public static boolean isMeantBy(Reply toRcpt) {
      Optional<EnhancedStatusCode> status = toRcpt.status();
      boolean tooMany = status.filter(s -> s.subject() == 5 && s.detail() == 3).isPresent();
      return switch (toRcpt.code()) {
        case 452, 552 -> tooMany || status.isEmpty();
        default -> tooMany && toRcpt.isTransient();
      };
    }
  }

  /**
   * No answer came.
   *
   * @param stage where the session stood
   * @param cause in words, one printable line
   * @param status what the transport knows better than the stage tells, such as 4.4.6 for a peer
   *     that is ourselves; of class 4
   */
  record Broken(Stage stage, String cause, Optional<EnhancedStatusCode> status)
      implements RecipientResult {

    /**
     * @throws IllegalArgumentException if the status is not of class 4
     */
    public Broken {
      if (status.filter(s -> s.severity() != 4).isPresent()) {
        throw new IllegalArgumentException("broken, with status " + status.get());
      }
    }

    /** Broken as sessions break: the stage says all. */
    public Broken(Stage stage, String cause) {
      this(stage, cause, Optional.empty());
    }
  }
}
