package org.mxrelay.smtp.backup;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mxrelay.address.Domain;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.Router;
import org.mxrelay.smtp.backup.Line.Identity;
import org.mxrelay.smtp.client.OriginalClient;
import org.mxrelay.smtp.client.SessionBrokenException;
import org.mxrelay.smtp.client.SmtpSession;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.tls.TlsDemand;
import org.mxrelay.tls.TlsPlan;
import org.mxrelay.tls.TlsPolicy;

/**
 * Opens sessions with a primary: TCP, greeting, EHLO, TLS as demanded, and XCLIENT where it is
 * offered and there is a client to speak for.
 *
 * <p>Safe for use by several threads.
 */
final class Dialer {

  /** A client waits: whoever is not there after so many tries is down. */
  private static final int MOST_ROUTES = 4;

  private final Router router;
  private final Tls tls;
  private final SmtpTransport transport;
  private final Set<String> self;

  /**
   * What TLS a session must have.
   *
   * @param policy what the destinations demand
   * @param floor what we demand in any case
   */
  record Tls(TlsPolicy policy, TlsDemand floor) {}

  Dialer(Router router, Tls tls, SmtpTransport transport, Set<Domain> self) {
    this.router = router;
    this.tls = tls;
    this.transport = transport;
    this.self = self.stream().map(Domain::name).collect(Collectors.toUnmodifiableSet());
  }

  /** The routes to a domain's better exchanges now; empty if there is none. */
  List<Route> routes(Domain domain) throws InterruptedException {
    return router.route(domain).routes();
  }

  /** A session to look whether somebody is there, or to verify a recipient. */
  Line dial(Domain domain) throws Unreached, InterruptedException {
    return dial(domain, Optional.empty());
  }

  /** A session on behalf of a client. */
  Line dial(Domain domain, Optional<ClientFacts> client) throws Unreached, InterruptedException {
    RouteDecision decision = router.route(domain);
    TlsPlan plan = tls.policy().plan(domain, decision);
    Unreached last = none(plan.decision());
    for (Route route : plan.routes().stream().limit(MOST_ROUTES).toList()) {
      try {
        return introduced(open(route, plan.demand(route, tls.floor())), client);
      } catch (SessionBrokenException e) {
        requireNoInterrupt();
        last = new Unreached(route.exchange() + ": " + e.getMessage());
      } catch (Unreached e) {
        last = e;
      }
    }
    throw last;
  }

  private static Unreached none(RouteDecision decision) {
    return decision.fold(
        attempt -> new Unreached("no route was tried"),
        defer -> new Unreached(defer.reason(), defer.why()),
        fail -> new Unreached(fail.reason(), fail.why()));
  }

  private SmtpSession open(Route route, TlsDemand demand) throws SessionBrokenException, Unreached {
    try {
      return secured(route, demand);
    } catch (SessionBrokenException e) {
      boolean plaintextWillDo =
          !demand.isMandatory() && (e.stage() == Stage.TLS || e.stage() == Stage.STARTTLS);
      if (!plaintextWillDo) {
        throw e;
      }
      // RFC 7435: opportunistic, so a handshake that fails costs a new connection only.
      return greeted(route);
    }
  }

  private SmtpSession secured(Route route, TlsDemand demand)
      throws SessionBrokenException, Unreached {
    SmtpSession session = greeted(route);
    boolean offered = session.extensions().contains("STARTTLS");
    if (demand.level() == TlsDemand.Level.NONE || (!offered && !demand.isMandatory())) {
      return session;
    }
    if (!offered) {
      throw ended(session, route, "STARTTLS is demanded and not offered");
    }
    Reply reply = session.startTls(demand);
    if (reply.isPositive()) {
      expect(session, route, session.ehlo());
    } else if (demand.isMandatory()) {
      throw ended(session, route, reply.printable());
    }
    return session;
  }

  private SmtpSession greeted(Route route) throws SessionBrokenException, Unreached {
    SmtpSession session = transport.open(route);
    expect(session, route, session.greeting());
    Reply ehlo = session.ehlo();
    expect(session, route, ehlo.isPermanent() ? session.helo() : ehlo);
    return session;
  }

  private void expect(SmtpSession session, Route route, Reply reply) throws Unreached {
    if (!reply.isPositive()) {
      throw ended(session, route, reply.printable());
    }
    String name = reply.lines().get(0).strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
    if (self.contains(name)) {
      // RFC 5321, 6.3: a session with ourselves is a loop.
      throw ended(session, route, "it greets with our own name " + name);
    }
  }

  private static Unreached ended(SmtpSession session, Route route, String why) {
    session.quit();
    return new Unreached(route.exchange() + ": " + why);
  }

  private static Line introduced(SmtpSession session, Optional<ClientFacts> client)
      throws SessionBrokenException, Unreached {
    boolean offered = session.extensions().contains("XCLIENT");
    if (client.isEmpty() || !offered) {
      return new Line(
          session, offered ? Identity.NOT_ASKED : Identity.NOT_OFFERED, Optional.empty());
    }
    Reply reply = session.xclient(original(client.get()));
    if (reply.isPositive()) {
      Reply ehlo = session.ehlo();
      return new Line(session, Identity.TOLD, refusal(ehlo));
    }
    return isOfTheCommand(reply)
        ? new Line(session, Identity.REFUSED, Optional.empty())
        : new Line(session, Identity.TOLD, refusal(reply));
  }

  /** Postfix: 501 for an attribute it cannot read, 503 in a transaction, 550 for whom it is not. */
  private static boolean isOfTheCommand(Reply reply) {
    return reply.code() == 501 || reply.code() == 502 || reply.code() == 503 || reply.code() == 550;
  }

  private static Optional<Reply> refusal(Reply reply) {
    return Optional.of(reply).filter(r -> !r.isPositive());
  }

  private static OriginalClient original(ClientFacts client) {
    OriginalClient.Greeting greeting =
        client.protocol() == ClientFacts.Protocol.SMTP
            ? OriginalClient.Greeting.SMTP
            : OriginalClient.Greeting.ESMTP;
    return new OriginalClient(client.address(), client.name(), client.helo(), greeting);
  }

  private static void requireNoInterrupt() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while dialling the primary");
    }
  }
}
