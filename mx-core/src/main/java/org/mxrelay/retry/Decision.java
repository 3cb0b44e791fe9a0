package org.mxrelay.retry;

import java.time.Instant;

/**
 * What to do next for a recipient.
 *
 * <p>Immutable. A further case would be a breaking change.
 */
public sealed interface Decision {

  /** Nothing more: it was relayed. */
  record Complete() implements Decision {}

  /** Try again when due. */
  record Reschedule(Instant due) implements Decision {}

  /** Give up: it was refused for good. */
  record Bounce() implements Decision {}

  /** Give up: its time is over. */
  record Expire() implements Decision {}

  /** Keep it until a person decides. */
  record Hold(String why) implements Decision {}
}
