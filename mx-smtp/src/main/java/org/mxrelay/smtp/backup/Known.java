package org.mxrelay.smtp.backup;

import java.time.Instant;
import java.util.Optional;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.backup.BackupMemory.Memo;

/**
 * What is remembered of a recipient.
 *
 * <p>Immutable.
 *
 * @param standing what it is
 * @param words what the primary said
 * @param freshness whether it should be asked about again
 */
public record Known(Standing standing, Reply words, Freshness freshness) {

  /** Of one of whom nothing is remembered. */
  public static final Known NOTHING =
      new Known(Standing.UNKNOWN, Answers.UNKNOWN_NOW, Freshness.FRESH);

  private static final int LONGEST = 900;

  /** Whether the primary takes mail for it. */
  public enum Standing {
    GOOD,
    BAD,
    UNKNOWN
  }

  /** Whether it should be asked about again. */
  public enum Freshness {
    FRESH,
    STALE
  }

  /** What a fact says now; nothing if its time is over. */
  static Known read(Optional<Memo> memo, VerificationTimes times, Instant now) {
    if (memo.isEmpty()) {
      return NOTHING;
    }
    String text = memo.get().text();
    if (text.length() < 3 || !text.substring(0, 3).matches("[25]\\d\\d")) {
      return NOTHING;
    }
    Reply words = Reply.of(Integer.parseInt(text.substring(0, 3)), text.substring(3).strip());
    boolean good = words.isPositive();
    Instant at = memo.get().at();
    if (!now.isBefore(at.plus(good ? times.positiveExpiry() : times.negativeExpiry()))) {
      return NOTHING;
    }
    boolean stale =
        !now.isBefore(at.plus(good ? times.positiveRefresh() : times.negativeRefresh()));
    return new Known(
        good ? Standing.GOOD : Standing.BAD, words, stale ? Freshness.STALE : Freshness.FRESH);
  }

  /** The fact to be remembered; nothing of a reply that may be another one tomorrow. */
  static Optional<Memo> write(Reply toRcpt, VerificationTimes times, Instant now) {
    if (!toRcpt.isPositive() && !toRcpt.isPermanent()) {
      return Optional.empty();
    }
    String text = toRcpt.printable();
    return Optional.of(
        new Memo(
            text.length() > LONGEST ? text.substring(0, LONGEST) : text,
            now,
            now.plus(toRcpt.isPositive() ? times.positiveExpiry() : times.negativeExpiry())));
  }
}
