package org.mxrelay.tls;

import java.util.List;
import org.mxrelay.dns.TlsaRecord;

/**
 * What an exchange's certificate must be by its TLSA records (RFC 7672, 3).
 *
 * <p>Immutable.
 *
 * @param base the name under which the records stand, for SNI (RFC 7672, 8.1)
 * @param records those that can be used, at least one; the certificate must satisfy one of them
 * @param names of which the certificate must have one where a record of usage 2 decides; the base
 *     is the first of them (RFC 7672, 3.2.2)
 */
public record DaneIdentity(String base, List<TlsaRecord> records, List<String> names) {

  /**
   * @throws IllegalArgumentException if there is no record, one that cannot be used, or no name
   */
  public DaneIdentity {
    records = List.copyOf(records);
    names = List.copyOf(names);
    if (records.isEmpty() || !records.stream().allMatch(TlsaUse::isUsable)) {
      throw new IllegalArgumentException("TLSA records that cannot be used: " + records);
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("no name for the certificate of " + base);
    }
  }
}
