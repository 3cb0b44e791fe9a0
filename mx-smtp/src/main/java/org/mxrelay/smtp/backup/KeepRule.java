package org.mxrelay.smtp.backup;

import java.util.Optional;
import org.mxrelay.smtp.HoldRule;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Diagnostic;

/**
 * Keeps what the primary refused after all, or never took, unless its sender may be told.
 *
 * <p>Our own reports, which have no sender, end as they may. Safe for use by several threads.
 *
 * @param tellable who may be told
 * @param afterMaxHold what becomes of what waited for too long
 */
record KeepRule(Primaries primaries, Tellable tellable, AfterMaxHold afterMaxHold)
    implements HoldRule {

  private static final String TOO_LONG = "held for the longest time: ";

  /** Which alarm goes with what is held. */
  static Alarm.Kind alarm(String why) {
    return why.startsWith(TOO_LONG) ? Alarm.Kind.HOLD_OVER : Alarm.Kind.REFUSED_AFTER_ALL;
  }

  @Override
  public Optional<String> holds(Delivery delivery, Diagnostic heard) {
    if (primaries.of(delivery.destination()).isEmpty()) {
      return Optional.empty();
    }
    if (heard.status().severity() != 5) {
      return afterMaxHold == AfterMaxHold.KEEP || !tellable.isTellable(delivery)
          ? Optional.of(TOO_LONG + words(heard))
          : Optional.empty();
    }
    // RFC 5321, 6.2: what is undeliverable after acceptance may go to people only who wrote it.
    return tellable.isTellable(delivery)
        ? Optional.empty()
        : Optional.of("the primary refused it after all: " + words(heard));
  }

  private static String words(Diagnostic heard) {
    return heard.reply().isEmpty() ? heard.why() : heard.reply();
  }
}
