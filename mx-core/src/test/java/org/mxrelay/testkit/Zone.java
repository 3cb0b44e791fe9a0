package org.mxrelay.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** The records of a script, and what an authoritative server for all names would answer. */
final class Zone {

  private static final long NEGATIVE_TTL = 60;
  private static final SOARecord ROOT_SOA = rootSoa();

  /** What is answered to one question. */
  record Found(int rcode, List<Record> answer, List<Record> authority) {}

  private final Map<Name, List<Record>> records = new HashMap<>();
  private final Set<Name> existing = new HashSet<>();

  private static SOARecord rootSoa() {
    Name nobody = Name.fromConstantString("nobody.invalid.");
    return new SOARecord(
        Name.root, DClass.IN, NEGATIVE_TTL, nobody, nobody, 1, 3600, 600, 86400, NEGATIVE_TTL);
  }

  static Zone parse(String text) {
    Zone zone = new Zone();
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    try (Master master = new Master(new ByteArrayInputStream(bytes), Name.root, 300)) {
      master.disableIncludes();
      for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
        zone.add(record);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("zone text: " + e.getMessage(), e);
    }
    return zone;
  }

  private void add(Record record) {
    records.computeIfAbsent(record.getName(), n -> new ArrayList<>()).add(record);
    // Every ancestor exists too (RFC 8020): asked for, it is NODATA and not NXDOMAIN.
    for (Name n = record.getName(); n.labels() > 1 && existing.add(n); ) {
      n = new Name(n, 1);
    }
  }

  /**
   * @param chase whether aliases are followed within the script
   */
  Found find(Name asked, int type, boolean chase) {
    List<Record> answer = new ArrayList<>();
    Set<Name> seen = new HashSet<>();
    Name name = asked;
    while (seen.add(name)) {
      List<Record> here = at(name);
      List<Record> wanted = here.stream().filter(r -> r.getType() == type).toList();
      List<Record> alias = here.stream().filter(r -> r.getType() == Type.CNAME).toList();
      if (!wanted.isEmpty()) {
        answer.addAll(wanted);
        return new Found(Rcode.NOERROR, answer, List.of());
      }
      if (alias.isEmpty()) {
        int rcode = exists(name) ? Rcode.NOERROR : Rcode.NXDOMAIN;
        return new Found(rcode, answer, List.of(soaOf(name)));
      }
      answer.addAll(alias);
      if (!chase) {
        break;
      }
      name = ((CNAMERecord) alias.get(0)).getTarget();
    }
    return new Found(Rcode.NOERROR, answer, List.of());
  }

  private List<Record> at(Name name) {
    List<Record> own = records.get(name);
    if (own != null || isOurs(name)) {
      return own == null ? List.of() : own;
    }
    return records.getOrDefault(wildcardFor(name), List.of()).stream()
        .map(r -> withOwner(r, name))
        .toList();
  }

  private boolean exists(Name name) {
    return isOurs(name) || existing.contains(wildcardFor(name));
  }

  private boolean isOurs(Name name) {
    return name.equals(Name.root) || existing.contains(name);
  }

  /** The one wildcard that may speak for a name that does not exist (RFC 4592, 2.2.1). */
  private Name wildcardFor(Name name) {
    Name closest = new Name(name, 1);
    while (!isOurs(closest)) {
      closest = new Name(closest, 1);
    }
    return Name.fromConstantString("*." + (closest.equals(Name.root) ? "" : closest));
  }

  private static Record withOwner(Record record, Name owner) {
    return Record.newRecord(
        owner,
        record.getType(),
        record.getDClass(),
        record.getTTL(),
        record.rdataToWireCanonical());
  }

  private Record soaOf(Name name) {
    for (Name n = name; n.labels() > 1; n = new Name(n, 1)) {
      for (Record record : records.getOrDefault(n, List.of())) {
        if (record.getType() == Type.SOA) {
          return record;
        }
      }
    }
    return ROOT_SOA;
  }
}
