package org.mxrelay.examples.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.LastByteGate;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.SessionFacts.TlsFacts;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.smtp.transport.Transport;
import org.mxrelay.tls.TlsDemand;

/** Two hundred messages of all sizes, through all kinds of sessions in turn, to one server. */
final class Bulk {

  static final int COUNT = 200;

  private static final int LARGEST = 20 * 1024 * 1024;

  private final Random random;
  private final Route route;
  private final Names names;
  private final Map<String, String> digests = new TreeMap<>();
  private final Set<String> protocols = new TreeSet<>();
  private final Set<String> extensions = new TreeSet<>();

  /**
   * @param protocol that the session must come to have; empty for none
   */
  record Way(Transport transport, TlsDemand demand, String protocol) {}

  /** What recipients are called. */
  enum Names {
    ASCII,
    /** Some of them in UTF-8. */
    UTF8_TOO
  }

  Bulk(String exchange, int port, long seed, Names names) {
    this.random = new Random(seed);
    this.names = names;
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", port);
    this.route = new Route(exchange, 0, address, Route.Origin.STATIC);
  }

  /** Sends them all; each must be taken. */
  void send(List<Way> ways) throws Exception {
    for (int i = 0; i < COUNT; i++) {
      Way way = ways.get(i % ways.size());
      byte[] message = message(i);
      AttemptResult result = way.transport().attempt(transaction(i, message, way.demand()));
      for (RecipientResult one : result.results().values()) {
        assertInstanceOf(RecipientResult.Answered.class, one, "message " + i + ": " + one);
      }
      String protocol = result.session().tls().map(TlsFacts::protocol).orElse("");
      assertEquals(way.protocol(), protocol, "message " + i);
      protocols.add(protocol);
      extensions.addAll(result.session().extensions());
      digests.put(name(message), Letters.digest(message));
    }
  }

  /** The stored ones are the sent ones, each once. */
  void assertSame(List<byte[]> stored) {
    Map<String, String> found = new TreeMap<>();
    stored.forEach(bytes -> found.put(name(bytes), Letters.digest(bytes)));
    assertEquals(digests, found);
    assertEquals(COUNT, stored.size(), "each once");
  }

  Set<String> protocols() {
    return protocols;
  }

  Set<String> extensions() {
    return extensions;
  }

  private Transaction transaction(int i, byte[] message, TlsDemand demand) throws Exception {
    MessageSource source = MessageSource.of(message);
    boolean utf8 = names == Names.UTF8_TOO && i % 10 == 3;
    return new Transaction(
        route,
        demand,
        Envelope.from("shop@sender.test").to(utf8 ? "j\u00fcr@example.test" : "ann@example.test"),
        source,
        MessageFacts.of(source),
        LastByteGate.OPEN);
  }

  /** The first is empty, two are of 20 MiB, the others of anything between. */
  private byte[] message(int i) {
    if (i == 0) {
      return new byte[0];
    }
    int size = i % 100 == 99 ? LARGEST : (int) Math.pow(2, 6 + random.nextDouble() * 12);
    return Letters.ofSize("bulk-" + i, size, random);
  }

  /** Its subject; an empty one has none, and whatever was put before it has none either. */
  private static String name(byte[] message) {
    return Letters.hasSubject(message) ? Letters.subject(message) : "empty";
  }
}
