package org.mxrelay.dns;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.mxrelay.dns.Failover.Round;
import org.mxrelay.dns.Lookup.Outcome;

/**
 * Answers single questions: from the cache, from whoever is asking the same just now, or by asking.
 * Follows no alias. Thread-safe.
 */
final class Inquirer {

  private final AnswerCache cache;
  private final Failover failover;
  private final LookupRetry retry;
  private final TimeLimit limit;
  private final Duration total;
  private final InstantSource clock;
  private final ConcurrentMap<Question, Inquiry> underWay = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Inquirer(Asking how, AnswerCache cache, InstantSource clock) {
    this.cache = cache;
    this.failover = how.failover();
    this.retry = how.retry();
    this.limit = how.limit();
    this.total = how.total();
    this.clock = clock;
  }

  /** How questions are asked. */
  record Asking(Failover failover, LookupRetry retry, TimeLimit limit, Duration total) {}

  /** The answer that is kept and still holds. */
  Optional<Lookup> known(Question question) {
    return cache.find(question);
  }

  /** One inquiry a question at a time: who comes later shares it. */
  Inquiry ask(Question question) {
    Optional<Lookup> known = cache.find(question);
    if (known.isPresent()) {
      return Inquiry.answered(question, known.get());
    }
    Inquiry mine = new Inquiry(question);
    Inquiry others = underWay.putIfAbsent(question, mine);
    if (others != null) {
      return others;
    }
    // Between our look into the cache and our turn somebody may have finished asking.
    cache.find(question).ifPresent(lookup -> end(mine, lookup));
    if (closed) {
      end(mine, Lookup.unresolved("the DNS client is closed", clock.instant()));
    } else if (!mine.isOver()) {
      start(mine);
    }
    return mine;
  }

  private void start(Inquiry inquiry) {
    CompletionStage<Lookup> asked =
        retry.run(() -> failover.round(inquiry)).thenApply(round -> conclude(inquiry, round));
    CompletionStage<Lookup> inTime = limit.within(total, asked, () -> late(inquiry));
    inTime
        .exceptionally(e -> Lookup.unresolved("could not be asked: " + e, clock.instant()))
        .thenAccept(
            lookup -> {
              cache.keep(inquiry.question(), lookup); // first, or latecomers would find neither
              end(inquiry, lookup.is(Outcome.UNRESOLVED) ? orStandIn(inquiry, lookup) : lookup);
            });
  }

  private Lookup orStandIn(Inquiry inquiry, Lookup unresolved) {
    return cache.standIn(inquiry.question(), unresolved.why()).orElse(unresolved);
  }

  private Lookup conclude(Inquiry inquiry, Round round) {
    return round.answer().orElseGet(() -> failed(inquiry));
  }

  private Lookup failed(Inquiry inquiry) {
    String troubles = inquiry.troubles();
    return Lookup.unresolved(
        troubles.isEmpty() ? "no DNS server to ask" : troubles, clock.instant());
  }

  /** What is said of an inquiry that took too long. */
  Lookup late(Inquiry inquiry) {
    String troubles = inquiry.troubles();
    String words = "no answer within " + Reading.inWords(total);
    return Lookup.unresolved(troubles.isEmpty() ? words : words + ": " + troubles, clock.instant());
  }

  /** Nobody who is told the answer may find the inquiry still under way. */
  private void end(Inquiry inquiry, Lookup lookup) {
    underWay.remove(inquiry.question(), inquiry);
    inquiry.result().complete(lookup);
  }

  /** Lets nobody wait any longer. */
  void close() {
    closed = true;
    Lookup last = Lookup.unresolved("the DNS client was closed", clock.instant());
    underWay.values().forEach(inquiry -> end(inquiry, last));
  }
}
