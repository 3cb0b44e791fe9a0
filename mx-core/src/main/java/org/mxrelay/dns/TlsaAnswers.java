package org.mxrelay.dns;

import java.util.HexFormat;
import java.util.List;
import org.mxrelay.dns.Lookup.Outcome;
import org.mxrelay.dns.TlsaResolver.AliasTrust;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;

/** Judges what lookups of TLSA records, and of the aliases on the way to them, mean. Stateless. */
final class TlsaAnswers {

  /** No honest owner has more keys at once; what a peer shows is compared with each. */
  static final int MOST_RECORDS = 64;

  /** In octets; whole certificates are below 4 KiB, apart from those with quantum-safe keys. */
  static final int LARGEST = 16 * 1024;

  private TlsaAnswers() {}

  static TlsaAnswer judge(Lookup lookup) {
    return switch (lookup.outcome()) {
      case FOUND -> found(lookup);
      case NO_DATA, NO_NAME -> new TlsaAnswer.NoTlsa(lookup.facts(List.of()));
      case ALIAS, UNRESOLVED -> new TlsaAnswer.Unresolved(lookup.why(), lookup.facts(List.of()));
    };
  }

  private static TlsaAnswer found(Lookup lookup) {
    Notes notes = new Notes();
    int count = lookup.records().size();
    if (count > MOST_RECORDS) {
      notes.add("only the first " + MOST_RECORDS + " of " + count + " TLSA records used");
    }
    List<TlsaRecord> records =
        lookup.records().stream().limit(MOST_RECORDS).map(TlsaAnswers::record).toList();
    return new TlsaAnswer.Records(records, lookup.facts(notes.toList()));
  }

  private static TlsaRecord record(Record record) {
    TLSARecord tlsa = (TLSARecord) record;
    byte[] data = tlsa.getCertificateAssociationData();
    return new TlsaRecord(
        tlsa.getCertificateUsage(),
        tlsa.getSelector(),
        tlsa.getMatchingType(),
        data.length > LARGEST ? "" : HexFormat.of().formatHex(data));
  }

  /** What a lookup of a CNAME record says of the alias itself. */
  static AliasTrust trustIn(Lookup alias) {
    if (alias.is(Outcome.UNRESOLVED)) {
      return AliasTrust.UNRESOLVED;
    }
    return alias.is(Outcome.FOUND) && alias.authenticated()
        ? AliasTrust.AUTHENTICATED
        : AliasTrust.UNAUTHENTICATED;
  }
}
