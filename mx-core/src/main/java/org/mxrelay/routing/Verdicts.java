package org.mxrelay.routing;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.routing.Finding.Fate;
import org.mxrelay.routing.Route.Origin;
import org.mxrelay.routing.RouteDecision.Defer;
import org.mxrelay.routing.RouteDecision.Fail;
import org.mxrelay.routing.RouteDecision.Reason;
import org.mxrelay.routing.RouteDecision.Trail;

/** Decides between deferring and failing where no exchange is left. Pure. */
final class Verdicts {

  static final EnhancedStatusCode BAD_DESTINATION = new EnhancedStatusCode(5, 1, 2);
  static final EnhancedStatusCode BAD_SYNTAX = new EnhancedStatusCode(5, 1, 3);
  static final EnhancedStatusCode NULL_MX = new EnhancedStatusCode(5, 1, 10);
  static final EnhancedStatusCode UNABLE_TO_ROUTE = new EnhancedStatusCode(5, 4, 4);
  static final EnhancedStatusCode ROUTING_LOOP = new EnhancedStatusCode(5, 4, 6);
  static final EnhancedStatusCode NOT_CONFIGURED = new EnhancedStatusCode(4, 3, 5);
  static final EnhancedStatusCode DIRECTORY_FAILURE = new EnhancedStatusCode(4, 4, 3);
  static final EnhancedStatusCode NOT_ROUTABLE_NOW = new EnhancedStatusCode(4, 4, 4);
  // RFC 3463, 3.8: a transport that must be protected and cannot be; no code speaks of policies.
  static final EnhancedStatusCode NOT_PROTECTED_NOW = new EnhancedStatusCode(4, 7, 5);

  private Verdicts() {}

  static RouteDecision nullMx(String destination, Trail trail) {
    // RFC 7505, 3: a domain that names nobody takes no mail, now and later.
    return new Fail(Reason.NULL_MX, NULL_MX, destination + " takes no mail (null MX)", trail);
  }

  static RouteDecision noSuchDomain(String destination, Trail trail) {
    return new Fail(Reason.NO_SUCH_DOMAIN, BAD_DESTINATION, destination + " does not exist", trail);
  }

  static RouteDecision unresolved(String destination, String why, Trail trail) {
    String text = "the DNS could not be asked for " + destination + ": " + why;
    return new Defer(Reason.UNRESOLVED, DIRECTORY_FAILURE, text, trail);
  }

  static RouteDecision notADomain(String why, Trail trail) {
    return new Fail(Reason.INVALID_DOMAIN, BAD_SYNTAX, why, trail);
  }

  static RouteDecision ruledOut(String why, Trail trail) {
    return new Defer(Reason.TLS_POLICY, NOT_PROTECTED_NOW, why, trail);
  }

  /** What to do where none of the findings is usable. */
  static RouteDecision nothingLeft(
      String destination, Origin origin, List<Finding> findings, Trail trail) {
    Fates fates = new Fates(findings);
    if (origin == Origin.STATIC) {
      return ofOwnRoutes(destination, fates, trail);
    } else if (fates.any(f -> f.is(Fate.SELF))) {
      return besideOurselves(destination, fates, trail);
    } else if (fates.any(f -> f.is(Fate.UNRESOLVED) || f.is(Fate.CAPPED))) {
      // One soft error dominates any number of hard ones: that exchange may be the one that works.
      return unresolved(destination, fates.words(Fate.UNRESOLVED, Fate.CAPPED), trail);
    } else if (fates.any(f -> f.is(Fate.REFUSED_HERE))) {
      return new Defer(
          Reason.REFUSED_ADDRESS, NOT_ROUTABLE_NOW, refused(destination, fates), trail);
    } else if (fates.any(f -> f.is(Fate.REFUSED_NOWHERE))) {
      return new Fail(Reason.REFUSED_ADDRESS, UNABLE_TO_ROUTE, refused(destination, fates), trail);
    }
    return origin == Origin.IMPLICIT_MX
        ? noHost(destination, fates, trail)
        : new Fail(
            Reason.NO_MAIL_HOST,
            UNABLE_TO_ROUTE,
            "no exchange of " + destination + " has an address",
            trail);
  }

  /**
   * We are among the exchanges. Where a better one exists we are a backup whose primary cannot be
   * found just now, and a bounce would lose what a backup is there to keep.
   */
  private static RouteDecision besideOurselves(String destination, Fates fates, Trail trail) {
    if (fates.any(f -> !f.is(Fate.SELF))) {
      boolean refused = fates.any(f -> f.is(Fate.REFUSED_HERE) || f.is(Fate.REFUSED_NOWHERE));
      boolean soft = fates.any(f -> f.is(Fate.UNRESOLVED) || f.is(Fate.CAPPED));
      return new Defer(
          refused && !soft ? Reason.REFUSED_ADDRESS : Reason.UNRESOLVED,
          NOT_ROUTABLE_NOW,
          refused && !soft
              ? refused(destination, fates)
              : "no exchange of " + destination + " better than ourselves can be found now",
          trail);
    }
    // RFC 5321, 5.1: nothing left after dropping ourselves is an error.
    return new Fail(
        Reason.LOOP, ROUTING_LOOP, "mail for " + destination + " loops back to ourselves", trail);
  }

  private static RouteDecision noHost(String destination, Fates fates, Trail trail) {
    return fates.any(f -> f.is(Fate.NO_SUCH_HOST))
        ? noSuchDomain(destination, trail)
        : new Fail(
            Reason.NO_MAIL_HOST,
            BAD_DESTINATION,
            destination + " has neither an MX record nor an address",
            trail);
  }

  /** The owner's own words lead nowhere: his mistake to mend, and no reason to bounce mail. */
  private static RouteDecision ofOwnRoutes(String destination, Fates fates, Trail trail) {
    return fates.any(f -> !f.fate().isNonexistent())
        ? unresolved(destination, fates.words(Fate.UNRESOLVED, Fate.CAPPED), trail)
        : new Defer(
            Reason.NO_MAIL_HOST,
            NOT_CONFIGURED,
            "no host of the option route for " + destination + " has an address",
            trail);
  }

  private static String refused(String destination, Fates fates) {
    return "the option addressPolicy refuses every address of "
        + destination
        + " ("
        + fates.words(Fate.REFUSED_HERE, Fate.REFUSED_NOWHERE)
        + ")";
  }

  private record Fates(List<Finding> findings) {
    boolean any(Predicate<Finding> which) {
      return findings.stream().anyMatch(which);
    }

    String words(Fate one, Fate other) {
      return findings.stream()
          .filter(f -> f.is(one) || f.is(other))
          .limit(3)
          .map(f -> f.exchange().name() + ": " + f.why())
          .collect(Collectors.joining("; "));
    }
  }
}
