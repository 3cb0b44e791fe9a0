package org.mxrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.routing.Fallthrough.Next;

class RouteDecisionTest {

  private static final String ZONE =
      """
      d.example    MX   10 mx1.example
      d.example    MX   20 mx2.example
      d.example    MX   30 mx3.example
      d.example    MX   40 mx4.example
      mx1.example  A    192.0.2.1
      mx1.example  AAAA 2001:db8::1
      mx2.example  A    192.0.2.2
      mx3.example  A    10.0.0.3
      mx4.example  A    SERVFAIL
      """;

  @Test
  void explanation_hasOneLineAnExchange() {
    assertEquals(
        List.of(
            "10 mx1.example (exchange) at 2001:db8::1, 192.0.2.1",
            "20 mx2.example (backup) at 192.0.2.2",
            "refused: mx3.example 10.0.0.3: private",
            "unresolved: mx4.example: SERVFAIL for A of mx4.example"),
        Asked.route(ZONE, "d.example").explain());
  }

  @Test
  void explanation_namesThePortWhereItIsNotTheUsualOne() {
    assertEquals(
        List.of("0 d.example (implicit exchange) at [2001:db8::1]:26, 192.0.2.1:26"),
        Asked.route(
                "d.example A 192.0.2.1\nd.example AAAA 2001:db8::1",
                "d.example",
                RoutingOptions.STANDARD.withPort(26))
            .explain());
  }

  @Test
  void explanation_saysWhyThereIsNoRoute() {
    assertEquals(
        List.of("fail 5.1.2: d.example does not exist"), Asked.route("", "d.example").explain());
    assertEquals(
        List.of(
            "defer 4.4.3: the DNS could not be asked for d.example: SERVFAIL for MX of d.example"),
        Asked.route("d.example MX SERVFAIL", "d.example").explain());
    assertEquals(
        List.of(
            "fail 5.4.6: mail for d.example loops back to ourselves",
            "self: d.example: is ourselves"),
        Asked.route("d.example A 192.0.2.1", "d.example", Asked.self("d.example")).explain());
  }

  @Test
  void backups_areTheRoutesOfAWorsePreference() {
    RouteDecision.Attempt a = (RouteDecision.Attempt) Asked.route(ZONE, "d.example");
    assertEquals(List.of(false, false, true), a.routes().stream().map(a::isBackup).toList());
    RouteDecision.Attempt made = new RouteDecision.Attempt(a.routes(), a.trail());
    assertEquals(a, made);
  }

  @Test
  void nextRoute_isAnEqualABackupOrNone() {
    List<Route> routes = Asked.route(ZONE, "d.example").routes();
    assertEquals(Next.SAME_PREFERENCE, Next.of(routes.get(0), routes.subList(1, 3)));
    assertEquals(Next.BACKUP, Next.of(routes.get(0), routes.subList(2, 3)));
    assertEquals(Next.BACKUP, Next.of(routes.get(1), routes.subList(2, 3)));
    assertEquals(Next.NONE, Next.of(routes.get(2), List.of()));
    assertEquals(Next.SAME_PREFERENCE, Next.of(routes.get(2), routes.subList(0, 1)));
  }

  @Test
  void attemptWithoutRoute_cannotBeMade() {
    RouteDecision.Trail trail = new RouteDecision.Trail(Asked.START, List.of());
    assertThrows(IllegalArgumentException.class, () -> new RouteDecision.Attempt(List.of(), trail));
  }

  /** A case that nobody decides about would end in an AssertionError while mail waits. */
  @Test
  void everyAnswerOfTheDns_hasADecision() {
    Set<String> asked =
        Stream.of(MxAnswer.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .collect(Collectors.toSet());
    assertEquals(Set.of("Exchanges", "NoMx", "NullMx", "NoSuchDomain", "Unresolved"), asked);
    asked =
        Stream.of(AddressAnswer.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .collect(Collectors.toSet());
    assertEquals(Set.of("Addresses", "NoAddress", "NoSuchHost", "Unresolved"), asked);
  }

  @Test
  void fold_answersForEveryCase() {
    for (String zone : List.of(ZONE, "", "d.example MX SERVFAIL")) {
      RouteDecision d = Asked.route(zone, "d.example");
      String kind = d.<String>fold(a -> "Attempt", x -> "Defer", x -> "Fail");
      assertEquals(d.getClass().getSimpleName(), kind);
      assertEquals(kind.equals("Attempt"), !d.routes().isEmpty());
    }
    assertEquals(3, RouteDecision.class.getPermittedSubclasses().length);
  }

  @Test
  void routeToAnUnresolvedAddress_cannotBeMade() {
    java.net.InetSocketAddress unresolved =
        java.net.InetSocketAddress.createUnresolved("mx.example", 25);
    assertThrows(
        IllegalArgumentException.class,
        () -> new Route("mx.example", 0, unresolved, Route.Origin.MX));
    assertTrue(unresolved.isUnresolved());
    assertFalse(unresolved.getPort() == 0);
  }
}
