package org.mxrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DESIGN's table of what to do when nothing is left, row by row. */
class VerdictsTest {

  @Test
  void nxdomain_failsWith5_1_2_tDns1() {
    assertEquals("fail 5.1.2 NO_SUCH_DOMAIN", Asked.text(Asked.route("", "d.example")));
  }

  @Test
  void neitherMxNorAddress_failsWith5_1_2() {
    assertEquals(
        "fail 5.1.2 NO_MAIL_HOST", Asked.text(Asked.route("d.example EXISTS", "d.example")));
  }

  @Test
  void nullMx_failsWith5_1_10() {
    RouteDecision d = Asked.route("d.example MX 0 .\nd.example A 192.0.2.1", "d.example");
    assertEquals("fail 5.1.10 NULL_MX", Asked.text(d));
  }

  /** T-DNS-2: the domain's own address is never used where there is an MX record. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonexistent             | d.example MX 10 gone.example",
        "several, nonexistent    | d.example MX 10 gone.example; d.example MX 20 gone2.example",
        "without address         | d.example MX 10 m.example; m.example EXISTS",
        "one of each             | d.example MX 10 gone.example; d.example MX 9 m.example; m.example EXISTS",
        "no possible host        | d.example MX 10 bad..name",
        "several null, nothing   | d.example MX 0 .; d.example MX 10 .",
        "its target an empty MX  | d.example MX 10 m.example; m.example MX 10 d.example"
      })
  void mxWithoutAnyAddress_failsWith5_4_4AndNeverUsesTheDomainItself(String why, String zone) {
    String text = zone.replace(";", "\n") + "\nd.example A 192.0.2.1";
    assertEquals("fail 5.4.4 NO_MAIL_HOST", Asked.text(Asked.route(text, "d.example")), why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MX unresolved            | d.example MX SERVFAIL; d.example A 192.0.2.1",
        "implicit, A fails        | d.example A SERVFAIL",
        "implicit, AAAA fails     | d.example AAAA SERVFAIL",
        "loop of aliases          | d.example CNAME e.example; e.example CNAME d.example",
        "loop at the exchange     | d.example MX 10 m.example; m.example CNAME n.example; n.example CNAME m.example",
        "the only exchange        | d.example MX 10 m.example; m.example A SERVFAIL",
        "AAAA fails, no A         | d.example MX 10 m.example; m.example AAAA SERVFAIL"
      })
  void softError_defersWith4_4_3(String why, String zone) {
    RouteDecision d = Asked.route(zone.replace(";", "\n"), "d.example");
    assertEquals("defer 4.4.3 UNRESOLVED", Asked.text(d), why);
  }

  /** T-DNS-6: neither the last exchange decides nor the first. */
  @ParameterizedTest
  @CsvSource({"10, 20", "20, 10", "10, 10"})
  void softError_dominatesHardOnes(int gone, int broken) {
    String zone =
        """
        d.example  MX %d gone.example
        d.example  MX %d broken.example
        d.example  MX 5  inside.example
        d.example  MX 5  nowhere.example
        broken.example  A SERVFAIL
        inside.example  A 10.0.0.1
        nowhere.example A 127.0.0.1
        """
            .formatted(gone, broken);
    assertEquals("defer 4.4.3 UNRESOLVED", Asked.text(Asked.route(zone, "d.example")));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, fail 5.4.4 REFUSED_ADDRESS",
    "0.0.0.0, fail 5.4.4 REFUSED_ADDRESS",
    "224.0.0.1, fail 5.4.4 REFUSED_ADDRESS",
    "::1, fail 5.4.4 REFUSED_ADDRESS",
    "::, fail 5.4.4 REFUSED_ADDRESS",
    "64:ff9b::7f00:1, fail 5.4.4 REFUSED_ADDRESS",
    "10.0.0.1, defer 4.4.4 REFUSED_ADDRESS",
    "169.254.169.254, defer 4.4.4 REFUSED_ADDRESS",
    "fd00::1, defer 4.4.4 REFUSED_ADDRESS"
  })
  void nothingPublic_failsOnlyWhereItIsNowhere_tLoop7(String address, String expected) {
    String type = address.contains(":") ? " AAAA " : " A ";
    String byMx = "d.example MX 1 m.example\ngone MX 1 x\nm.example" + type + address;
    assertEquals(expected, Asked.text(Asked.route(byMx, "d.example")));
    assertEquals(expected, Asked.text(Asked.route("d.example" + type + address, "d.example")));
    assertEquals(expected, Asked.text(Asked.literal(address, RoutingOptions.STANDARD)));
  }

  @Test
  void oneAddressThatMightBeSomebodys_defersAndNamesTheOption() {
    RouteDecision d =
        Asked.route(
            """
            d.example        MX 10 nowhere.example
            d.example        MX 20 inside.example
            d.example        MX 30 gone.example
            nowhere.example  A  127.0.0.1
            inside.example   A  10.0.0.1
            """,
            "d.example");
    assertEquals("defer 4.4.4 REFUSED_ADDRESS", Asked.text(d));
    String why = d.<String>fold(a -> "", RouteDecision.Defer::why, RouteDecision.Fail::why);
    assertTrue(why.contains("option addressPolicy"), why);
    assertTrue(why.contains("inside.example: private"), why);
  }

  @Test
  void nowhereBesideNonexistent_failsWith5_4_4() {
    RouteDecision d =
        Asked.route(
            """
            d.example        MX 10 nowhere.example
            d.example        MX 30 gone.example
            nowhere.example  A  127.0.0.1
            """,
            "d.example");
    assertEquals("fail 5.4.4 REFUSED_ADDRESS", Asked.text(d));
  }

  /** A search that our own caps cut short proves nothing about the exchanges not looked at. */
  @Test
  void capsThatHideTheRest_deferAndDoNotFail() {
    StringBuilder zone = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      zone.append("d.example MX ").append(i).append(" gone").append(i).append(".example\n");
    }
    assertEquals("defer 4.4.3 UNRESOLVED", Asked.text(Asked.route(zone.toString(), "d.example")));
    RoutingOptions patient =
        RoutingOptions.STANDARD.withLimits(RoutingLimits.STANDARD.withQueries(61));
    assertEquals(
        "fail 5.4.4 NO_MAIL_HOST", Asked.text(Asked.route(zone.toString(), "d.example", patient)));
  }

  @Test
  void allowedPrivateAddress_isARoute() {
    RoutingOptions open = RoutingOptions.STANDARD.withPolicy(AddressPolicy.allowAll());
    assertEquals(
        "0 d.example 127.0.0.1",
        Asked.text(Asked.route("d.example A 127.0.0.1", "d.example", open)));
    RoutingOptions some = RoutingOptions.STANDARD.withPolicy(AddressPolicy.publicAnd("10.0.0.0/8"));
    assertEquals(
        "0 d.example 10.0.0.1",
        Asked.text(Asked.route("d.example A 127.0.0.1\nd.example A 10.0.0.1", "d.example", some)));
  }

  /** T-DNS-19: an address given outright asks for no MX. */
  @Test
  void addressLiteral_isARouteOfItsOwn() {
    assertEquals(
        "0 [192.0.2.1] 192.0.2.1", Asked.text(Asked.literal("192.0.2.1", RoutingOptions.STANDARD)));
    RouteDecision d = Asked.literal("2001:db8::1", RoutingOptions.STANDARD.withPort(26));
    Route r = d.routes().get(0);
    assertEquals("[IPv6:2001:db8::1]", r.exchange());
    assertEquals(Route.Origin.LITERAL, r.origin());
    assertEquals(26, r.address().getPort());
    assertEquals(List.of(), d.trail().notes());
  }
}
