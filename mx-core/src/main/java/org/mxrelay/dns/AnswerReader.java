package org.mxrelay.dns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mxrelay.dns.Lookup.Outcome;
import org.mxrelay.dns.Reading.Kind;
import org.mxrelay.dns.Reading.Trouble;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;

/** Reads what a response says to a question, and believes no more of it than belongs there. */
final class AnswerReader {

  private final TtlRange ttl;
  private final InstantSource clock;

  AnswerReader(TtlRange ttl, InstantSource clock) {
    this.ttl = ttl;
    this.clock = clock;
  }

  Reading read(Question question, Message response, boolean adTrusted) {
    int rcode = response.getRcode();
    if (!response.getHeader().getFlag(Flags.QR)) {
      return new Trouble("broken or forged answer", Kind.PASSING);
    } else if (response.getHeader().getFlag(Flags.TC)) {
      return new Trouble("truncated answer", Kind.PASSING);
    } else if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      return new Trouble(
          Rcode.string(rcode), rcode == Rcode.SERVFAIL ? Kind.PASSING : Kind.LASTING);
    }
    return interpret(question, response, adTrusted && response.getHeader().getFlag(Flags.AD));
  }

  private Reading interpret(Question question, Message response, boolean authentic) {
    RelevantRecords relevant = RelevantRecords.of(question, response);
    Path path = follow(question.name(), relevant);
    List<Record> records = relevant.recordsAt(path.owner());
    Optional<SOARecord> soa = relevant.soaOf(path.owner());
    boolean absent = response.getRcode() == Rcode.NXDOMAIN;
    if (absent && !records.isEmpty()) {
      return new Trouble("answer that contradicts itself", Kind.PASSING);
    } else if (!records.isEmpty()) {
      return found(path, records, authentic);
    } else if (!absent && soa.isEmpty() && !path.aliases().isEmpty()) {
      return answer(Outcome.ALIAS, path, ttl.positive(path.seconds()), authentic);
    } else if (!absent && soa.isEmpty() && relevant.isReferral()) {
      // RFC 2308, 2.2: not "no data", but "ask somebody else".
      return new Trouble("referral to other servers", Kind.LASTING);
    }
    // RFC 6604, 3: it is the last name of a chain that does not exist.
    Outcome outcome = absent ? Outcome.NO_NAME : Outcome.NO_DATA;
    return answer(outcome, path, ttl.negative(Math.min(path.seconds(), life(soa))), authentic);
  }

  /** Where the aliases of a response lead to, and for how long. */
  private record Path(List<Name> aliases, Name owner, long seconds) {}

  private static Path follow(Name asked, RelevantRecords relevant) {
    List<Name> aliases = new ArrayList<>();
    long seconds = Long.MAX_VALUE;
    Name owner = asked;
    Optional<CNAMERecord> alias = relevant.aliasAt(owner);
    // One more than is allowed, for the chain to see that there are too many.
    while (alias.isPresent() && aliases.size() <= AliasChain.LONGEST) {
      seconds = Math.min(seconds, alias.get().getTTL());
      owner = alias.get().getTarget();
      aliases.add(owner);
      alias = relevant.aliasAt(owner);
    }
    return new Path(aliases, owner, seconds);
  }

  /** RFC 2308, 5; without an SOA record the answer is not to be kept. */
  private static long life(Optional<SOARecord> soa) {
    return soa.map(s -> Math.min(s.getTTL(), s.getMinimum())).orElse(0L);
  }

  private Reading found(Path path, List<Record> records, boolean authentic) {
    long seconds = records.stream().mapToLong(Record::getTTL).reduce(path.seconds(), Math::min);
    Instant until = clock.instant().plus(ttl.positive(seconds));
    return new Reading.Answer(
        new Lookup(Outcome.FOUND, records, path.aliases(), until, authentic, ""));
  }

  private Reading answer(Outcome outcome, Path path, Duration life, boolean authentic) {
    Instant until = clock.instant().plus(life);
    return new Reading.Answer(new Lookup(outcome, List.of(), path.aliases(), until, authentic, ""));
  }
}
