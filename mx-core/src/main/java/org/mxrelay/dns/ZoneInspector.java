package org.mxrelay.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.mxrelay.address.Domain;
import org.mxrelay.address.IpAddress;
import org.mxrelay.dns.Lookup.Outcome;
import org.mxrelay.dns.MxPublication.Origin;
import org.mxrelay.dns.MxPublication.ServerWord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * Looks at MX records as their zone has them, for an audit: with those that are no use, and with
 * the time to live that was set, which only the servers of the zone know.
 *
 * <p>The client's own servers are asked first, without recursion, since one of them may be the
 * authority. If none is, the servers that the zone names are asked; if none of these answers, what
 * the client's servers have in their cache must do.
 *
 * <p>Immutable; safe for use by several threads. The client is not closed.
 */
public final class ZoneInspector {

  private static final int DNS_PORT = 53;
  private static final int MOST_SERVERS = 6;
  private static final int ADDRESSES_A_SERVER = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final DnsClient client;
  private final Predicate<InetAddress> allowed;
  private final int port;
  private final Duration patience;

  private ZoneInspector(
      DnsClient client, Predicate<InetAddress> allowed, int port, Duration patience) {
    this.client = client;
    this.allowed = allowed;
    this.port = port;
    this.patience = patience;
  }

  /**
   * An inspector that finds its way with a client's help.
   *
   * @param allowed which servers' addresses may be asked, of those that zones name
   */
  public static ZoneInspector of(DnsClient client, Predicate<InetAddress> allowed) {
    return new ZoneInspector(client, allowed, DNS_PORT, PATIENCE);
  }

  /**
   * The same with another port of the zones' servers, 1 to 65535, for tests.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public ZoneInspector withPort(int number) {
    if (number < 1 || number > 65535) {
      throw new IllegalArgumentException("port of the zones' servers: " + number);
    }
    return new ZoneInspector(client, allowed, number, patience);
  }

  /**
   * The same with another time that a server may take; default 3 s.
   *
   * @throws IllegalArgumentException if it is not more than zero
   */
  public ZoneInspector withPatience(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("patience must be longer than 0: " + limit);
    }
    return new ZoneInspector(client, allowed, port, limit);
  }

  /**
   * The MX records of a domain as they are published.
   *
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  public MxPublication exchanges(Domain domain) throws InterruptedException {
    Question asked = Question.of(domain, Type.MX);
    Lookup cached = client.lookup(asked);
    Name owner = cached.owner(asked);
    Question question = new Question(owner, Type.MX);
    List<ServerWord> own = words(question, ownServers());
    if (own.stream().anyMatch(ServerWord::isAuthoritative)) {
      return published(owner, own.stream().filter(ServerWord::isAuthoritative).toList());
    }
    List<ServerWord> unasked = new ArrayList<>();
    List<ServerWord> words = new ArrayList<>(words(question, zoneServers(owner, unasked)));
    words.addAll(unasked);
    if (words.stream().anyMatch(ServerWord::isAuthoritative)) {
      return published(owner, words);
    }
    List<PublishedMx> remembered = cached.records().stream().map(ZoneInspector::mx).toList();
    return new MxPublication(owner.toString(true), Origin.CACHE, remembered, words);
  }

  /**
   * What a host's name is an alias of; nothing if it is none, or nobody could tell.
   *
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  public Optional<String> alias(Domain host) throws InterruptedException {
    Lookup found = client.lookup(Question.of(host, Type.CNAME));
    return found.records().stream()
        .filter(CNAMERecord.class::isInstance)
        .map(record -> ((CNAMERecord) record).getTarget().toString(true))
        .findFirst();
  }

  private static PublishedMx mx(Record record) {
    return PublishedMx.of((MXRecord) record);
  }

  private static MxPublication published(Name owner, List<ServerWord> words) {
    ServerWord first = words.stream().filter(ServerWord::isAuthoritative).findFirst().orElseThrow();
    return new MxPublication(owner.toString(true), Origin.AUTHORITY, first.records(), words);
  }

  /** A server to be asked, and what it is called. */
  private record Named(String name, InetSocketAddress address) {}

  private List<Named> ownServers() {
    return client.servers().stream()
        .map(server -> new Named(server.toString(), server.address()))
        .toList();
  }

  private List<Named> zoneServers(Name owner, List<ServerWord> unasked)
      throws InterruptedException {
    List<Named> servers = new ArrayList<>();
    for (Record record : delegation(owner).stream().limit(MOST_SERVERS).toList()) {
      Name target = ((NSRecord) record).getTarget();
      Optional<Domain> host = HostName.of(target).domain();
      if (host.isPresent()) {
        servers.addAll(addresses(host.get(), unasked));
      } else {
        unasked.add(new ServerWord(target.toString(true), List.of(), "is not a host name"));
      }
    }
    return servers;
  }

  private List<Named> addresses(Domain host, List<ServerWord> unasked) throws InterruptedException {
    AddressAnswer answer = client.addresses(host);
    if (!(answer instanceof AddressAnswer.Addresses found)) {
      unasked.add(new ServerWord(host.name(), List.of(), "has no address that can be found"));
      return List.of();
    }
    List<Named> named = new ArrayList<>();
    for (InetAddress address : found.addresses()) {
      String text = host + " [" + IpAddress.format(address) + "]";
      if (!allowed.test(address)) {
        unasked.add(new ServerWord(text, List.of(), "was not asked, since it is not public"));
      } else if (named.size() < ADDRESSES_A_SERVER) {
        named.add(new Named(text, new InetSocketAddress(address, port)));
      }
    }
    return named;
  }

  /** The NS records of the zone that the name lies in, as far as it lies below a top level. */
  private List<Record> delegation(Name owner) throws InterruptedException {
    for (Name zone = owner; zone.labels() > 2 || zone.equals(owner); zone = new Name(zone, 1)) {
      Lookup found = client.lookup(new Question(zone, Type.NS));
      if (found.is(Outcome.FOUND) || zone.labels() <= 2) {
        return found.records();
      }
    }
    return List.of();
  }

  /** All are asked at once. */
  private List<ServerWord> words(Question question, List<Named> servers)
      throws InterruptedException {
    DirectInquirer direct = client.direct(patience);
    List<CompletableFuture<ServerWord>> asked =
        servers.stream().map(s -> direct.ask(s.address(), s.name(), question)).toList();
    List<ServerWord> words = new ArrayList<>();
    for (CompletableFuture<ServerWord> word : asked) {
      words.add(DnsClient.await(word));
    }
    return words;
  }
}
