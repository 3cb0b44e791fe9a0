package org.mxrelay.dns;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.Lookup.Outcome;
import org.xbill.DNS.Type;

/** Asks for both address families at once and lets neither wait long for the other. Thread-safe. */
final class HostAddresses {

  private final AliasChain chain;
  private final TimeLimit limit;
  private final Duration patience;
  private final InstantSource clock;

  /**
   * @param patience how long one family may take longer than the other that has found addresses
   */
  HostAddresses(AliasChain chain, TimeLimit limit, Duration patience, InstantSource clock) {
    this.chain = chain;
    this.limit = limit;
    this.patience = patience;
    this.clock = clock;
  }

  /** What the AAAA and the A records were found to be, in that order. */
  CompletableFuture<List<Lookup>> of(Domain host) {
    CompletableFuture<Lookup> aaaa = chain.follow(Question.of(host, Type.AAAA));
    CompletableFuture<Lookup> a = chain.follow(Question.of(host, Type.A));
    if (aaaa.isDone() && a.isDone()) {
      return aaaa.thenCombine(a, List::of);
    }
    return unlessOutrun(aaaa, a).thenCombine(unlessOutrun(a, aaaa), List::of);
  }

  private CompletableFuture<Lookup> unlessOutrun(
      CompletableFuture<Lookup> slow, CompletionStage<Lookup> fast) {
    CompletableFuture<Lookup> result = slow.copy();
    fast.thenAccept(
        found -> {
          if (found.is(Outcome.FOUND)) {
            CompletionStage<Lookup> inTime = limit.within(patience, slow, this::outrun);
            inTime.thenAccept(result::complete);
          }
        });
    return result;
  }

  private Lookup outrun() {
    String words = "no answer within " + Reading.inWords(patience) + " of the other family's";
    return Lookup.unresolved(words, clock.instant());
  }
}
