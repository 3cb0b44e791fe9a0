package org.mxrelay.dns;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Domain;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * What the DNS said to a question of any type. Immutable.
 *
 * @param outcome which kind of answer it is
 * @param records those of the wanted type, in the order of the answer; empty unless {@code FOUND}
 * @param aliases the names that aliases led to, in order; the last one owns the records
 * @param validUntil until when it may be used
 * @param authenticated whether a server that we trust vouched for all of it
 * @param why what went wrong, in words; empty unless it is {@code UNRESOLVED}, or an old answer
 *     that stands in
 */
record Lookup(
    Outcome outcome,
    List<Record> records,
    List<Name> aliases,
    Instant validUntil,
    boolean authenticated,
    String why) {

  enum Outcome {
    /** There are records. */
    FOUND,
    /** The name exists without such records. */
    NO_DATA,
    /** The name, or what it is an alias of, does not exist. */
    NO_NAME,
    /** The name is an alias, and its target must be asked for. */
    ALIAS,
    /** Nobody could tell. */
    UNRESOLVED
  }

  Lookup {
    records = List.copyOf(records);
    aliases = List.copyOf(aliases);
  }

  static Lookup unresolved(String why, Instant now) {
    return new Lookup(Outcome.UNRESOLVED, List.of(), List.of(), now, false, why);
  }

  boolean is(Outcome wanted) {
    return outcome == wanted;
  }

  /** Whether it says what the DNS says now: no failure, and no old answer that stands in. */
  boolean isDefinite() {
    return outcome != Outcome.UNRESOLVED && why.isEmpty();
  }

  /** What it costs to keep: the records, and one more for the answer. */
  int weight() {
    return 1 + records.size() + aliases.size();
  }

  /** How large the records are, without their owner's name. */
  int octets() {
    return records.stream().mapToInt(record -> record.rdataToWireCanonical().length).sum();
  }

  /** The name that owns the records, or would. */
  Name owner(Question asked) {
    return aliases.isEmpty() ? asked.name() : aliases.get(aliases.size() - 1);
  }

  /** Where the aliases lead, if that can be a host. */
  Optional<Domain> canonicalName() {
    return aliases.isEmpty()
        ? Optional.empty()
        : HostName.of(aliases.get(aliases.size() - 1)).domain();
  }

  AnswerFacts facts(List<String> notes) {
    AnswerFacts.Security security =
        authenticated ? AnswerFacts.Security.AUTHENTICATED : AnswerFacts.Security.UNAUTHENTICATED;
    return new AnswerFacts(validUntil, security, notes, canonicalName());
  }
}
