package org.mxrelay.smtp.backup;

import java.util.function.Function;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.backup.RecipientMap.Knowledge;

/**
 * What becomes of a recipient whose message will be queued. Pure: who plans or simulates a backup
 * may ask as the backup itself does.
 *
 * <p>Immutable. A further case would be a breaking change.
 */
public sealed interface Admission {

  /** Take it. */
  record Take() implements Admission {}

  /** Tell the client so. */
  record Refuse(Reply reply) implements Admission {}

  /** Ask the primary. */
  record Ask() implements Admission {}

  /** Answers for whichever case this is. */
  default <T> T fold(
      Function<? super Take, ? extends T> take,
      Function<? super Refuse, ? extends T> refuse,
      Function<? super Ask, ? extends T> ask) {
    if (this instanceof Take a) {
      return take.apply(a);
    } else if (this instanceof Refuse a) {
      return refuse.apply(a);
    } else if (this instanceof Ask a) {
      return ask.apply(a);
    }
    throw new AssertionError(this);
  }

  /**
   * What becomes of a recipient.
   *
   * @param map what the owner's map knows
   * @param known what the primary said
   * @param option for recipients of whom nobody knows
   */
  static Admission decide(
      Knowledge map, Known known, PrimaryState primary, UnknownRecipients option) {
    return switch (map) {
      case EXISTS -> new Take();
      case MISSING -> new Refuse(Answers.MISSING);
      case UNKNOWN -> byWhatIsKnown(known, primary, option);
    };
  }

  private static Admission byWhatIsKnown(
      Known known, PrimaryState primary, UnknownRecipients option) {
    return switch (known.standing()) {
      case GOOD -> new Take();
      case BAD -> new Refuse(known.words());
      case UNKNOWN -> primary != PrimaryState.DOWN ? new Ask() : unasked(option);
    };
  }

  /** Of a recipient that the primary cannot be asked about. */
  static Admission unasked(UnknownRecipients option) {
    return switch (option) {
      case ACCEPT -> new Take();
      case DEFER -> new Refuse(Answers.UNKNOWN_NOW);
    };
  }
}
