package org.mxrelay.dns;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.mxrelay.address.Domain;

/**
 * What answers of one kind were judged to be, so that none is judged twice while it is valid: who
 * asks again meanwhile gets the very same object, by which he may know that nothing has changed.
 * Thread-safe.
 */
final class Judgements<A> {

  /** So many kinds of answers share what may be kept. */
  static final int KINDS = 4;

  /** So many weigh as much as a record. */
  private static final int OCTETS = 100;

  private record Entry<A>(A answer, Instant since, Instant until) {

    /** A clock that was set back must not prolong what it dates from. */
    boolean isValidAt(Instant now) {
      return !now.isBefore(since) && now.isBefore(until);
    }
  }

  /** How much may be kept of a kind, in records, and the clock by which it ages. */
  record Keeping(int mostRecords, InstantSource clock) {}

  private final Function<Domain, CompletableFuture<List<Lookup>>> asked;
  private final BiFunction<Domain, List<Lookup>, A> judge;
  private final WeighedMap<Domain, Entry<A>> entries;
  private final InstantSource clock;

  /**
   * @param asked asks the questions that make up the answer about a name
   * @param judge says what was found for a name; pure
   */
  Judgements(
      Function<Domain, CompletableFuture<List<Lookup>>> asked,
      BiFunction<Domain, List<Lookup>, A> judge,
      Keeping keeping) {
    this.asked = asked;
    this.judge = judge;
    this.entries = new WeighedMap<>(keeping.mostRecords());
    this.clock = keeping.clock();
  }

  A about(Domain name) throws InterruptedException {
    Optional<Entry<A>> known = entries.find(name);
    if (known.isPresent() && known.get().isValidAt(clock.instant())) {
      return known.get().answer();
    }
    return DnsClient.await(asked.apply(name).thenApply(found -> judged(name, found)));
  }

  private A judged(Domain name, List<Lookup> found) {
    A answer = judge.apply(name, found);
    // What failed must be asked again, and what stands in must give way as soon as it can.
    if (found.stream().allMatch(Lookup::isDefinite)) {
      Instant until = found.stream().map(Lookup::validUntil).min(Instant::compareTo).orElseThrow();
      int weight = found.stream().mapToInt(Judgements::weight).sum();
      entries.put(name, new Entry<>(answer, clock.instant(), until), weight);
    }
    return answer;
  }

  /** A certificate in a TLSA record is as large as dozens of addresses. */
  private static int weight(Lookup found) {
    return found.weight() + found.octets() / OCTETS;
  }
}
