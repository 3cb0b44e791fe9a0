package org.mxrelay.smtp;

import java.util.function.Consumer;
import org.mxrelay.smtp.queue.Outcome;

/**
 * Hears what happens to messages, after it was stored, on the node where it happened. Best effort:
 * who must not miss an outcome reads {@link MxRelay#outcomes}.
 *
 * <p>The way of a delivery: {@code queued}; {@code claimed}; {@code routed}; {@code attempted} and
 * {@code tls} for each session; then for each recipient {@code ended}, or {@code uncertain} and
 * {@code deferred} or {@code held}; and {@code delayed} where the sender was told. Instead, {@code
 * givenBack} where nothing came of it, and {@code leaseLost} where it was not ours any more.
 *
 * <p>Called by several threads. What a listener throws is logged and changes nothing. It must not
 * block for long: it holds up a delivery.
 */
public interface RelayListener {

  default void queued(RelayEvent.Queued event) {}

  default void claimed(RelayEvent.Claimed event) {}

  default void routed(RelayEvent.Routed event) {}

  default void attempted(RelayEvent.Attempted event) {}

  /**
   * What became of TLS in one session, for reports on TLS: see {@link org.mxrelay.tls.TlsTally}.
   * Not told of static routes and address literals. A message that goes over a connection that was
   * kept from an earlier one counts again.
   */
  default void tls(RelayEvent.Tls event) {}

  default void deferred(RelayEvent.Deferred event) {}

  default void uncertain(RelayEvent.Uncertain event) {}

  default void delayed(RelayEvent.Delayed event) {}

  default void held(RelayEvent.Held event) {}

  default void leaseLost(RelayEvent.LeaseLost event) {}

  default void givenBack(RelayEvent.GivenBack event) {}

  /** A destination is not attempted for a while, since none of its exchanges could be reached. */
  default void postponed(Postponement event) {}

  /** A recipient ended: relayed, bounced, expired or cancelled. */
  default void ended(Outcome outcome) {}

  /** Hears only how recipients end. */
  static RelayListener onEnd(Consumer<Outcome> consumer) {
    return new RelayListener() {
      @Override
      public void ended(Outcome outcome) {
        consumer.accept(outcome);
      }
    };
  }
}
