package org.mxrelay.testkit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.dns.AnswerFacts;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.MxRecord;
import org.mxrelay.dns.MxResolver;
import org.mxrelay.dns.TextAnswer;
import org.mxrelay.dns.TextResolver;
import org.mxrelay.dns.TlsaAnswer;
import org.mxrelay.dns.TlsaRecord;
import org.mxrelay.dns.TlsaResolver;

/**
 * Answers from a zone written out as text, without a socket.
 *
 * <p>One record a line, {@code NAME TYPE VALUE}, with {@code MX}, {@code A}, {@code AAAA}, {@code
 * TXT}, {@code TLSA} and {@code CNAME}; {@code #} begins a comment. {@code SERVFAIL} in place of a
 * value makes that question fail; {@code NAME EXISTS} has no record; a name that no line begins
 * with does not exist. {@code NAME SIGNED} makes all answers about that name, and what is below it,
 * authentic. A time to live in seconds may stand before the type; it is 300 otherwise.
 *
 * <pre>{@code
 * example.org      MX   10 mx1.example.org
 * mx1.example.org  A    192.0.2.1
 * mx1.example.org  AAAA SERVFAIL
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class FakeMxResolver implements MxResolver, TextResolver, TlsaResolver {

  private static final int MOST_ALIASES = 16;

  private final InstantSource clock;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private volatile Map<String, List<Line>> zone = Map.of();
  private volatile Runnable beforeAnswer = () -> {};
  private volatile boolean closed;

  private FakeMxResolver(InstantSource clock) {
    this.clock = clock;
  }

  /** Answers from this zone; validity is counted from the clock's time. */
  public static FakeMxResolver of(String zoneText, InstantSource clock) {
    FakeMxResolver resolver = new FakeMxResolver(clock);
    resolver.become(zoneText);
    return resolver;
  }

  /** Answers from this zone; the time stands still at the start of 2026. */
  public static FakeMxResolver of(String zoneText) {
    return of(zoneText, ManualClock.at(Instant.parse("2026-01-01T00:00:00Z")));
  }

  /** Answers from another zone from now on. */
  public void become(String zoneText) {
    Map<String, List<Line>> read = new HashMap<>();
    for (String text : zoneText.split("\n", -1)) {
      int comment = text.indexOf('#');
      String record = (comment < 0 ? text : text.substring(0, comment)).strip();
      if (!record.isEmpty()) {
        Line line = Line.parse(record);
        read.computeIfAbsent(line.owner(), o -> new ArrayList<>()).add(line);
      }
    }
    zone = read;
  }

  /** What happens before each answer: moves a clock, interrupts a thread. */
  public FakeMxResolver beforeAnswer(Runnable what) {
    beforeAnswer = what;
    return this;
  }

  /** The questions so far, such as {@code MX example.org} and {@code A+AAAA mx1.example.org}. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** Whether it was closed. */
  public boolean isClosed() {
    return closed;
  }

  @Override
  public MxAnswer exchanges(Domain domain) throws InterruptedException {
    begin("MX " + domain);
    Chain chain = Chain.follow(zone, domain.name());
    AnswerFacts facts = facts(chain);
    if (chain.fault() != null) {
      return new MxAnswer.Unresolved(chain.fault(), facts);
    } else if (!chain.exists()) {
      return new MxAnswer.NoSuchDomain(facts);
    }
    List<Line> lines = chain.of("MX");
    if (lines.stream().anyMatch(Line::fails)) {
      return new MxAnswer.Unresolved("SERVFAIL for MX of " + domain, facts);
    } else if (lines.isEmpty()) {
      return new MxAnswer.NoMx(facts);
    }
    return exchanges(lines, chain);
  }

  private MxAnswer exchanges(List<Line> lines, Chain chain) {
    List<MxRecord> records = new ArrayList<>();
    List<String> notes = new ArrayList<>(chain.notes());
    for (Line line : lines) {
      String[] parts = line.value().split("\\s+");
      try {
        records.add(new MxRecord(Integer.parseInt(parts[0]), Domain.of(parts[1])));
      } catch (IllegalArgumentException e) {
        notes.add("MX record ignored: " + line.value());
      }
    }
    AnswerFacts facts = facts(notes, chain);
    if (records.isEmpty() && lines.size() == 1 && lines.get(0).value().equals("0 .")) {
      return new MxAnswer.NullMx(facts);
    }
    records.sort(Comparator.comparingInt(MxRecord::preference));
    return new MxAnswer.Exchanges(records, facts);
  }

  @Override
  public AddressAnswer addresses(Domain host) throws InterruptedException {
    begin("A+AAAA " + host);
    Chain chain = Chain.follow(zone, host.name());
    List<String> notes = new ArrayList<>(chain.notes());
    List<InetAddress> found = new ArrayList<>();
    @Nullable String fault = chain.fault();
    for (String type : List.of("AAAA", "A")) {
      for (Line line : chain.of(type)) {
        if (line.fails()) {
          fault = "SERVFAIL for " + type + " of " + host;
        } else {
          found.add(line.address());
        }
      }
    }
    if (fault != null && !found.isEmpty()) {
      notes.add(fault);
    }
    AnswerFacts facts = facts(notes, chain);
    if (!found.isEmpty()) {
      return new AddressAnswer.Addresses(found, facts);
    } else if (fault != null) {
      return new AddressAnswer.Unresolved(fault, facts);
    }
    return chain.exists()
        ? new AddressAnswer.NoAddress(facts)
        : new AddressAnswer.NoSuchHost(facts);
  }

  @Override
  public TextAnswer texts(Domain name) throws InterruptedException {
    begin("TXT " + name);
    Chain chain = Chain.follow(zone, name.name());
    AnswerFacts facts = facts(chain);
    List<Line> lines = chain.of("TXT");
    if (chain.fault() != null) {
      return new TextAnswer.Unresolved(chain.fault(), facts);
    } else if (lines.stream().anyMatch(Line::fails)) {
      return new TextAnswer.Unresolved("SERVFAIL for TXT of " + name, facts);
    } else if (lines.isEmpty()) {
      return new TextAnswer.NoText(facts);
    }
    return new TextAnswer.Texts(lines.stream().map(Line::value).toList(), facts);
  }

  @Override
  public TlsaAnswer tlsa(Domain name) throws InterruptedException {
    begin("TLSA " + name);
    Chain chain = Chain.follow(zone, name.name());
    AnswerFacts facts = facts(chain);
    List<Line> lines = chain.of("TLSA");
    if (chain.fault() != null || lines.stream().anyMatch(Line::fails)) {
      return new TlsaAnswer.Unresolved("SERVFAIL for TLSA of " + name, facts);
    } else if (lines.isEmpty()) {
      return new TlsaAnswer.NoTlsa(facts);
    }
    return new TlsaAnswer.Records(lines.stream().map(Line::tlsa).toList(), facts);
  }

  @Override
  public AliasTrust aliasTrust(Domain name) throws InterruptedException {
    begin("CNAME " + name);
    List<Line> alias =
        zone.getOrDefault(name.name(), List.of()).stream()
            .filter(l -> l.type().equals("CNAME"))
            .toList();
    if (alias.stream().anyMatch(Line::fails)) {
      return AliasTrust.UNRESOLVED;
    }
    return !alias.isEmpty() && Chain.isSigned(zone, name.name())
        ? AliasTrust.AUTHENTICATED
        : AliasTrust.UNAUTHENTICATED;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void begin(String question) throws InterruptedException {
    asked.add(question);
    beforeAnswer.run();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private AnswerFacts facts(Chain chain) {
    return facts(chain.notes(), chain);
  }

  private AnswerFacts facts(List<String> notes, Chain chain) {
    return new AnswerFacts(
        clock.instant().plus(chain.ttl()),
        chain.signed() ? AnswerFacts.Security.AUTHENTICATED : AnswerFacts.Security.UNAUTHENTICATED,
        notes,
        chain.canonicalName());
  }

  private record Line(String owner, Duration ttl, String type, String value) {

    static Line parse(String record) {
      String[] parts = record.split("\\s+", 3);
      String owner = name(parts[0]);
      if (parts[1].matches("\\d+")) {
        String[] rest = parts[2].split("\\s+", 2);
        return new Line(owner, Duration.ofSeconds(Long.parseLong(parts[1])), rest[0], rest[1]);
      }
      return new Line(owner, Duration.ofSeconds(300), parts[1], parts.length > 2 ? parts[2] : "");
    }

    static String name(String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    boolean fails() {
      return value.equals("SERVFAIL");
    }

    TlsaRecord tlsa() {
      String[] parts = value.split("\\s+");
      return new TlsaRecord(
          Integer.parseInt(parts[0]),
          Integer.parseInt(parts[1]),
          Integer.parseInt(parts[2]),
          parts.length > 3 ? parts[3] : "");
    }

    InetAddress address() {
      try {
        return InetAddress.getByName(value.strip());
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException("zone text: not an address: " + value, e);
      }
    }
  }

  /** Where the aliases of a name lead, and what stands there. */
  private record Chain(
      List<Line> lines,
      List<String> names,
      Duration ttl,
      List<String> notes,
      boolean signed,
      @Nullable String fault) {

    static Chain follow(Map<String, List<Line>> zone, String name) {
      List<String> notes = new ArrayList<>();
      Duration ttl = Duration.ofSeconds(300);
      List<String> names = new ArrayList<>();
      boolean signed = true;
      String at = name;
      for (int hop = 0; hop <= MOST_ALIASES; hop++) {
        List<Line> lines = zone.getOrDefault(at, List.of());
        names.add(at);
        signed &= isSigned(zone, at);
        for (Line line : lines) {
          ttl = line.ttl().compareTo(ttl) < 0 ? line.ttl() : ttl;
        }
        List<Line> alias = lines.stream().filter(l -> l.type().equals("CNAME")).toList();
        if (alias.isEmpty()) {
          return new Chain(lines, names, ttl, notes, signed, null);
        }
        at = Line.name(alias.get(0).value());
        notes.add(name + " is an alias of " + at);
      }
      String fault = "more than 16 aliases from " + name;
      return new Chain(List.of(), names, ttl, List.of(), false, fault);
    }

    static boolean isSigned(Map<String, List<Line>> zone, String name) {
      for (String at = name; !at.isEmpty(); at = at.substring(at.indexOf('.') + 1)) {
        if (zone.getOrDefault(at, List.of()).stream().anyMatch(l -> l.type().equals("SIGNED"))) {
          return true;
        } else if (at.indexOf('.') < 0) {
          return false;
        }
      }
      return false;
    }

    boolean exists() {
      return fault != null || !lines.isEmpty();
    }

    Optional<Domain> canonicalName() {
      return names.size() > 1
          ? Optional.of(new Domain(names.get(names.size() - 1)))
          : Optional.empty();
    }

    List<Line> of(String type) {
      return lines.stream().filter(l -> l.type().equals(type)).toList();
    }
  }
}
