package org.mxrelay.dns;

import org.mxrelay.address.Domain;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** A name and the type of record wanted of it. Immutable; the name is absolute. */
record Question(Name name, int type) {

  static Question of(Domain domain, int type) {
    try {
      // Absolute, or a search list could turn the name into another owner's.
      return new Question(Name.fromString(domain.name(), Name.root), type);
    } catch (TextParseException e) {
      throw new IllegalArgumentException("not a name of the DNS: " + domain, e);
    }
  }

  /** A message that asks this, under a new random id. */
  Message toQuery() {
    Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    // RFC 6840, 5.7: tells the resolver that we want to know whether the answer is authentic.
    query.getHeader().setFlag(Flags.AD);
    return query;
  }

  @Override
  public String toString() {
    return name.toString(true) + " " + Type.string(type);
  }
}
