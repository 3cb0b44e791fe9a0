package org.mxrelay.tls;

import java.util.List;
import java.util.Optional;
import org.mxrelay.dns.TlsaRecord;

/**
 * What the DNS says of an exchange's TLSA records (RFC 7672).
 *
 * <p>Immutable.
 *
 * @param standing whether there are any
 * @param records all of them, whether they can be used or not
 * @param demand what they make of a session, if there are any: verified by those that can be used,
 *     or encrypted where none can
 * @param remark why there are none, or why nobody could tell; empty if there are some
 */
public record DaneStatus(
    Standing standing, List<TlsaRecord> records, Optional<TlsDemand> demand, String remark) {

  public DaneStatus {
    records = List.copyOf(records);
  }

  /** Whether there are TLSA records. */
  public enum Standing {
    /** DNSSEC vouches for some. */
    PRESENT,
    /** DNSSEC vouches for none. */
    ABSENT,
    /** Nobody could tell now, and senders that use DANE do not deliver meanwhile. */
    UNKNOWN
  }

  /** Of an exchange that has none. */
  public static DaneStatus absent(String why) {
    return new DaneStatus(Standing.ABSENT, List.of(), Optional.empty(), why);
  }
}
