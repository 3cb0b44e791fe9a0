package org.mxrelay.dns;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mxrelay.dns.Lookup.Outcome;
import org.xbill.DNS.Name;

/** Follows aliases from question to question, within one budget of time. Thread-safe. */
final class AliasChain {

  /** More aliases than this are not followed. */
  static final int LONGEST = 16;

  private final Inquirer inquirer;
  private final TimeLimit limit;
  private final Duration total;
  private final InstantSource clock;

  AliasChain(Inquirer inquirer, TimeLimit limit, Duration total, InstantSource clock) {
    this.inquirer = inquirer;
    this.limit = limit;
    this.total = total;
    this.clock = clock;
  }

  /** Completes with any outcome but {@code ALIAS}, and never exceptionally. */
  CompletableFuture<Lookup> follow(Question question) {
    Optional<Lookup> known = inquirer.known(question).filter(lookup -> lookup.aliases().isEmpty());
    if (known.isPresent()) {
      return CompletableFuture.completedFuture(known.get()); // nowhere to walk to
    }
    Walk walk = new Walk(question);
    return limit.within(total, walk.ask(question), () -> inquirer.late(walk.current));
  }

  private final class Walk {

    private final int type;
    private final List<Name> aliases = new ArrayList<>();
    private final Set<Name> seen = new HashSet<>();
    private Instant validUntil = Instant.MAX;
    private boolean authenticated = true;
    private volatile Inquiry current;

    Walk(Question question) {
      this.type = question.type();
      this.seen.add(question.name());
      this.current = new Inquiry(question);
    }

    CompletionStage<Lookup> ask(Question question) {
      current = inquirer.ask(question);
      return current.result().thenCompose(this::take);
    }

    private CompletionStage<Lookup> take(Lookup step) {
      if (step.validUntil().isBefore(validUntil)) {
        validUntil = step.validUntil();
      }
      // Every answer on the way must be authentic, or the chain is not.
      authenticated &= step.authenticated();
      for (Name alias : step.aliases()) {
        aliases.add(alias);
        if (!seen.add(alias)) {
          return stop("alias loop at " + alias.toString(true));
        } else if (aliases.size() > LONGEST) {
          return stop("more than " + LONGEST + " aliases");
        }
      }
      if (step.is(Outcome.ALIAS)) {
        return ask(new Question(aliases.get(aliases.size() - 1), type));
      }
      return CompletableFuture.completedFuture(
          new Lookup(
              step.outcome(), step.records(), aliases, validUntil, authenticated, step.why()));
    }

    private CompletionStage<Lookup> stop(String why) {
      return CompletableFuture.completedFuture(Lookup.unresolved(why, clock.instant()));
    }
  }
}
