package org.mxrelay.routing;

/**
 * Why an exchange or an address is not among the routes, or stands where it stands.
 *
 * <p>Immutable.
 *
 * @param kind what befell it
 * @param exchange the exchange's name
 * @param address the address in text, empty where the note speaks of the whole exchange
 * @param why in words
 */
public record RouteNote(Kind kind, String exchange, String address, String why) {

  /** What befell an exchange or an address. */
  public enum Kind {
    /** Refused by the address policy. */
    REFUSED,
    /** Ourselves, or not better than ourselves. */
    SELF,
    /** Could not be resolved now. */
    UNRESOLVED,
    /** Does not exist or has no address. */
    NO_ADDRESS,
    /** Beyond a cap. */
    CAPPED,
    /** Ruled out by a policy of the destination's that says what TLS it wants. */
    TLS_POLICY,
    /** Used, with something to be said. */
    KEPT
  }
}
