package org.mxrelay.smtp;

import java.time.Instant;
import org.mxrelay.address.Destination;

/**
 * A destination is not attempted until then: none of its exchanges could be reached, and one
 * delivery found that out for the others. If {@code until} is not after {@code at}, that is over.
 *
 * <p>Immutable.
 *
 * @param destination which
 * @param until when somebody tries again
 * @param at when it was postponed
 */
public record Postponement(Destination destination, Instant until, Instant at) {

  /** Whether the destination answers again. */
  public boolean isOver() {
    return !until.isAfter(at);
  }
}
