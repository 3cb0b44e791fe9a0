package org.mxrelay.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.mxrelay.dns.Reading.Kind;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;

/** Asks one server. Thread-safe. */
final class Upstream {

  /** What all servers are asked with. */
  record Means(
      AnswerReader reader,
      InFlight inFlight,
      TimeLimit limit,
      Executor executor,
      Duration perTry,
      Optional<Validation> validation) {

    /** How long a whole answer may take. */
    Duration patience() {
      return validation.isPresent() ? perTry.multipliedBy(Validation.PATIENCE) : perTry;
    }
  }

  private static final int NO_EDNS = -1;

  private final DnsServer server;
  private final Means means;
  private final Resolver withEdns;
  private final Resolver withoutEdns;

  Upstream(DnsServer server, Means means) {
    this.server = server;
    this.means = means;
    Optional<Resolver> validating = means.validation().map(v -> v.over(resolver()));
    this.withEdns = validating.orElseGet(this::resolver);
    // Without EDNS no signature comes, so that nothing could be validated.
    this.withoutEdns = validating.orElseGet(this::withoutEdns);
  }

  private Resolver withoutEdns() {
    SimpleResolver plain = resolver();
    plain.setEDNS(NO_EDNS, 0, 0, List.of());
    return plain;
  }

  private SimpleResolver resolver() {
    SimpleResolver resolver = new Asker(server.address(), means.executor());
    resolver.setTimeout(means.perTry());
    return resolver;
  }

  DnsServer server() {
    return server;
  }

  /** Asks when there is room; the time for the try begins then. Never completes exceptionally. */
  CompletableFuture<Reading> ask(Inquiry inquiry) {
    CompletableFuture<Reading> result = new CompletableFuture<>();
    means
        .inFlight()
        .enter(
            () -> {
              if (inquiry.isOver()) {
                result.complete(new Reading.Trouble("not asked in time", Kind.LASTING));
                return false;
              }
              start(inquiry, result);
              return true;
            });
    return result;
  }

  private void start(Inquiry inquiry, CompletableFuture<Reading> result) {
    CompletionStage<Reading> reading =
        exchange(inquiry.question()).exceptionally(e -> Reading.of(e, means.perTry()));
    // dnsjava rounds short timeouts up; the socket is in use until it is done, our patience is not.
    reading.thenRun(means.inFlight()::leave);
    CompletionStage<Reading> inTime =
        means.limit().within(means.patience(), reading, () -> Reading.silent(means.patience()));
    inTime.thenAccept(result::complete);
  }

  private CompletionStage<Reading> exchange(Question question) {
    return send(withEdns, question)
        .thenCompose(
            // RFC 6891, 7: FORMERR is what a server says that does not know EDNS.
            said ->
                said.getRcode() == Rcode.FORMERR
                    ? send(withoutEdns, question)
                    : CompletableFuture.completedFuture(said))
        .thenApply(said -> means.reader().read(question, said, server.adTrusted()));
  }

  private CompletionStage<Message> send(Resolver by, Question question) {
    try {
      return by.sendAsync(question.toQuery(), means.executor());
    } catch (Exception e) { // dnsjava lets checked exceptions out where it opens its selector
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Whoever asks through a validator names no executor; dnsjava would take one of its own. */
  private static final class Asker extends SimpleResolver {

    private final Executor executor;

    Asker(InetSocketAddress address, Executor executor) {
      super(address);
      this.executor = executor;
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query) {
      return sendAsync(query, executor);
    }
  }
}
