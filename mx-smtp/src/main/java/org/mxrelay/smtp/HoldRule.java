package org.mxrelay.smtp;

import java.util.Optional;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Diagnostic;

/**
 * Says which failures are kept for a person in place of ending: where nobody may be told, or where
 * nothing may ever be dropped.
 *
 * <p>Asked for each recipient that the retry policy would let bounce or expire. Safe for use by
 * several threads. If it throws, the recipient is held.
 */
@FunctionalInterface
public interface HoldRule {

  /** Every failure ends as the retry policy decides. */
  HoldRule NEVER = (delivery, heard) -> Optional.empty();

  /**
   * Why the recipient is held; nothing if it may end.
   *
   * @param delivery what failed
   * @param heard of the recipient, at last
   */
  Optional<String> holds(Delivery delivery, Diagnostic heard);
}
