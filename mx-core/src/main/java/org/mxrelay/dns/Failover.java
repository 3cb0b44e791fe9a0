package org.mxrelay.dns;

import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mxrelay.dns.Reading.Kind;

/** Asks the servers in turn until one really answers. Thread-safe. */
final class Failover {

  /**
   * What came of asking every server once.
   *
   * @param answer the first real one
   * @param worthRepeating whether a server may do better in another round
   */
  record Round(Optional<Lookup> answer, boolean worthRepeating) {}

  private final ServerList servers;

  Failover(ServerList servers) {
    this.servers = servers;
  }

  CompletionStage<Round> round(Inquiry inquiry) {
    return next(inquiry, servers.inOrder().iterator(), false);
  }

  private CompletionStage<Round> next(
      Inquiry inquiry, Iterator<Upstream> rest, boolean worthRepeating) {
    if (!rest.hasNext() || inquiry.isOver()) {
      boolean again = worthRepeating && !inquiry.isOver();
      return CompletableFuture.completedFuture(new Round(Optional.empty(), again));
    }
    Upstream upstream = rest.next();
    return upstream
        .ask(inquiry)
        .thenCompose(
            reading -> {
              if (reading instanceof Reading.Answer answer) {
                servers.wasHeard(upstream.server());
                return CompletableFuture.completedFuture(
                    new Round(Optional.of(answer.lookup()), false));
              }
              Reading.Trouble trouble = (Reading.Trouble) reading;
              note(inquiry, upstream.server(), trouble);
              return next(inquiry, rest, worthRepeating || trouble.kind() != Kind.LASTING);
            });
  }

  private void note(Inquiry inquiry, DnsServer server, Reading.Trouble trouble) {
    inquiry.remark(server, trouble.words());
    if (trouble.kind() == Kind.SILENT) {
      servers.wasSilent(server);
    }
  }
}
