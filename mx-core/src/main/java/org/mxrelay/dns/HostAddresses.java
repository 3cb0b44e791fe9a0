package org.mxrelay.dns;

import java.time.Duration;
import java.time.InstantSource;
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

  CompletableFuture<AddressAnswer> of(Domain host) {
    CompletableFuture<Lookup> aaaa = chain.follow(Question.of(host, Type.AAAA));
    CompletableFuture<Lookup> a = chain.follow(Question.of(host, Type.A));
    if (aaaa.isDone() && a.isDone()) {
      return aaaa.thenCombine(a, (v6, v4) -> AddressAnswers.judge(host, v6, v4));
    }
    return unlessOutrun(aaaa, a)
        .thenCombine(unlessOutrun(a, aaaa), (v6, v4) -> AddressAnswers.judge(host, v6, v4));
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
