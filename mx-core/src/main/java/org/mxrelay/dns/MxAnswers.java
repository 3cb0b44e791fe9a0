package org.mxrelay.dns;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mxrelay.address.Domain;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** Judges what a lookup of MX records means; nobody else does. Stateless. */
final class MxAnswers {

  /** RFC 1035 sets no limit; no honest domain comes near. */
  static final int MOST_RECORDS = 1000;

  private MxAnswers() {}

  static MxAnswer judge(Lookup lookup) {
    Notes notes = new Notes();
    if (!lookup.aliases().isEmpty()) {
      Name target = lookup.aliases().get(lookup.aliases().size() - 1);
      notes.add("the domain is an alias of " + target.toString(true));
    }
    return switch (lookup.outcome()) {
      case FOUND -> judgeRecords(lookup, notes);
      case NO_DATA -> new MxAnswer.NoMx(lookup.facts(notes.toList()));
      case NO_NAME -> new MxAnswer.NoSuchDomain(lookup.facts(notes.toList()));
      case ALIAS, UNRESOLVED -> new MxAnswer.Unresolved(lookup.why(), lookup.facts(notes.toList()));
    };
  }

  private static MxAnswer judgeRecords(Lookup lookup, Notes notes) {
    if (isNullMx(lookup)) {
      return new MxAnswer.NullMx(lookup.facts(notes.toList()));
    }
    notes.addUnlessEmpty(lookup.why());
    Map<Domain, MxRecord> best = new LinkedHashMap<>();
    for (Record record : lookup.records()) {
      if (isNull(record)) {
        // RFC 7505, 3: a null MX must be the only one.
        notes.add("null MX beside others ignored");
      } else {
        keepBest(best, (MXRecord) record, notes);
      }
    }
    List<MxRecord> ordered =
        best.values().stream().sorted(Comparator.comparingInt(MxRecord::preference)).toList();
    if (ordered.size() > MOST_RECORDS) {
      notes.add("only the first " + MOST_RECORDS + " of " + ordered.size() + " MX records used");
      ordered = ordered.subList(0, MOST_RECORDS);
    }
    return new MxAnswer.Exchanges(ordered, lookup.facts(notes.toList()));
  }

  /** Whether its records are null MX records alone (RFC 7505, 3). */
  static boolean isNullMx(Lookup lookup) {
    return lookup.records().stream().allMatch(MxAnswers::isNull);
  }

  private static boolean isNull(Record record) {
    return record instanceof MXRecord mx && mx.getTarget().equals(Name.root);
  }

  private static void keepBest(Map<Domain, MxRecord> best, MXRecord record, Notes notes) {
    HostName host = HostName.of(record.getTarget());
    if (host.domain().isEmpty()) {
      notes.add("MX record ignored: " + host.objection());
      return;
    }
    MxRecord fresh = new MxRecord(record.getPriority(), host.domain().get());
    MxRecord other = best.get(fresh.exchange());
    if (other != null) {
      notes.add(fresh.exchange() + " is named more than once");
    }
    if (other == null || fresh.preference() < other.preference()) {
      best.put(fresh.exchange(), fresh);
    }
  }
}
