package org.mxrelay.examples.outage;

import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.routing.Fallthrough;

/**
 * How one kind of sender goes about its mail.
 *
 * <p>Immutable.
 *
 * @param name its name in options and records
 * @param title what it is, for people
 * @param policy when it tries again, and when it gives up
 * @param fallthrough whom it asks next
 * @param manner what it does differently
 */
public record SenderKind(
    String name, String title, RetryPolicy policy, Fallthrough fallthrough, Manner manner) {

  /** What a sender does differently from others. */
  public enum Manner {
    /**
     * As most do: the reply to the final dot lost is a connection lost like any other, and the next
     * exchange gets the message too.
     */
    ORDINARY,
    /** An outcome that nobody knows is waited with, and no backup asked. */
    CAREFUL,
    /** The exchange of the worst preference first, in the hope that it looks less closely. */
    WORST_FIRST
  }
}
