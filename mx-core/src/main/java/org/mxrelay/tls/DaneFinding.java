package org.mxrelay.tls;

import java.util.List;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.TlsaRecord;

/** What the DNS says of an exchange's TLSA records. */
sealed interface DaneFinding {

  /**
   * There is no DANE for it.
   *
   * @param why in words
   */
  record Absent(String why) implements DaneFinding {}

  /**
   * Nobody could tell now whether there is.
   *
   * @param why in words
   */
  record Unknown(String why) implements DaneFinding {}

  /**
   * DNSSEC vouches for these records.
   *
   * @param base the name under which they stand
   * @param aliases names that are securely aliases of it
   */
  record Present(Domain base, List<Domain> aliases, List<TlsaRecord> records)
      implements DaneFinding {
    public Present {
      aliases = List.copyOf(aliases);
      records = List.copyOf(records);
    }
  }
}
