package org.mxrelay.tls;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.mxrelay.address.Domain;

/**
 * What became of TLS in one session, as reports on TLS count it (RFC 8460).
 *
 * <p>Immutable.
 *
 * @param policy whose word held
 * @param domain whose mail it was: the policy domain
 * @param exchange the exchange's name, the MX host; empty where none was come to
 * @param address where it was met, if it was
 * @param failure what kept the session from its TLS; empty if it had it
 * @param why in words, one printable line; empty if nothing failed
 * @param at when
 */
public record TlsOutcome(
    PolicyType policy,
    Domain domain,
    String exchange,
    Optional<InetSocketAddress> address,
    Optional<TlsFailure> failure,
    String why,
    Instant at) {

  /** Whose word held: the policy types of RFC 8460, 4.4. */
  public enum PolicyType {
    /** TLSA records (RFC 7672). */
    TLSA,
    /** An MTA-STS policy (RFC 8461). */
    STS,
    /** Nobody's; TLS was opportunistic, or our own demand. */
    NO_POLICY_FOUND;

    /** The policy type as a report writes it: {@code no-policy-found}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whose word a demand is. */
    public static PolicyType of(TlsDemand demand) {
      return switch (demand.reason()) {
        case "sts" -> STS;
        case "dane" -> TLSA;
        default -> NO_POLICY_FOUND;
      };
    }
  }

  /** Whether the session had the TLS that it should have. */
  public boolean isSuccess() {
    return failure.isEmpty();
  }
}
