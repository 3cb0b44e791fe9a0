package org.mxrelay.testkit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.xbill.DNS.Message;

/** Takes questions in, whichever way they came, logs them, and has them answered. */
final class Desk {

  final FaultBook faults = new FaultBook();
  private final Queue<DnsQuery> log = new ConcurrentLinkedQueue<>();
  private volatile Zone zone;

  Desk(Zone zone) {
    this.zone = zone;
  }

  void replace(Zone by) {
    zone = by;
  }

  List<DnsQuery> log() {
    return List.copyOf(log);
  }

  void clearLog() {
    log.clear();
  }

  /** Empty if the question stays unanswered; so does what is no question. */
  Optional<Responder.Answer> answer(byte[] wire, DnsQuery.Transport transport) {
    try {
      Message query = new Message(wire);
      if (query.getQuestion() == null) {
        return Optional.empty();
      }
      DnsQuery described = Responder.describe(query, transport);
      log.add(described);
      return Responder.respond(query, described, zone, faults.strike(described));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
