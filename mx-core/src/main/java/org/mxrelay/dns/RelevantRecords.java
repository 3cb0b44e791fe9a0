package org.mxrelay.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * The records of a response that can matter to a question, by owner.
 *
 * <p>Built in one pass. dnsjava's own {@code Message.normalize} does the same in quadratic time and
 * worse: a hostile answer of 64 KiB keeps it busy for seconds.
 */
final class RelevantRecords {

  private final Map<Name, List<Record>> wanted = new HashMap<>();
  private final Map<Name, CNAMERecord> aliases = new HashMap<>();
  private final List<SOARecord> authorities = new ArrayList<>();
  private boolean referral;

  private RelevantRecords() {}

  static RelevantRecords of(Question question, Message response) {
    RelevantRecords relevant = new RelevantRecords();
    for (Record record : response.getSection(Section.ANSWER)) {
      if (record.getDClass() == DClass.IN) {
        relevant.sort(record, question.type());
      }
    }
    for (Record record : response.getSection(Section.AUTHORITY)) {
      if (record.getDClass() == DClass.IN && record instanceof SOARecord soa) {
        relevant.authorities.add(soa);
      }
      relevant.referral |= record.getType() == Type.NS;
    }
    return relevant;
  }

  private void sort(Record record, int type) {
    if (record.getType() == type) {
      wanted.computeIfAbsent(record.getName(), n -> new ArrayList<>()).add(record);
    } else if (record instanceof CNAMERecord alias) {
      aliases.putIfAbsent(alias.getName(), alias);
    }
  }

  List<Record> recordsAt(Name owner) {
    return wanted.getOrDefault(owner, List.of());
  }

  /** Where a name has records of its own beside an alias, the records count. */
  Optional<CNAMERecord> aliasAt(Name owner) {
    return wanted.containsKey(owner) ? Optional.empty() : Optional.ofNullable(aliases.get(owner));
  }

  /** The SOA record of a zone that the name lies in. */
  Optional<SOARecord> soaOf(Name owner) {
    return authorities.stream().filter(soa -> owner.subdomain(soa.getName())).findFirst();
  }

  boolean isReferral() {
    return referral;
  }
}
