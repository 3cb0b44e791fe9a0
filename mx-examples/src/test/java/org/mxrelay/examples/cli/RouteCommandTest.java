package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.testkit.Fault;
import org.mxrelay.testkit.ScriptedDnsServer;

class RouteCommandTest {

  private final ScriptedDnsServer dns =
      ScriptedDnsServer.start(
          """
          example.org.            MX    10 a.example.org.
          example.org.            MX    10 b.example.org.
          example.org.            MX    20 backup.example.net.
          a.example.org.          A     192.0.2.1
          a.example.org.          AAAA  2001:db8::1
          b.example.org.          A     192.0.2.2
          backup.example.net.     A     192.0.2.3
          implicit.example.       A     192.0.2.4
          null.example.           MX    0 .
          empty.example.          TXT   "nothing here"
          dead.example.           MX    10 gone.example.
          inside.example.         MX    10 lan.example.
          lan.example.            A     10.0.0.1
          local.example.          MX    10 me.local.example.
          me.local.example.       A     127.0.0.1
          soft.example.           MX    10 a.example.org.
          xn--bcher-kva.example.  MX    10 a.example.org.
          """);

  @AfterEach
  void stop() {
    dns.close();
  }

  private Shell.Ran route(String... args) {
    List<String> all = new ArrayList<>(List.of("route", "--json", "--dns", server()));
    all.addAll(List.of(args));
    Shell.Ran ran = Shell.run(all.toArray(String[]::new));
    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    return ran;
  }

  private String server() {
    return "127.0.0.1:" + dns.address().getPort();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          null.example     | null_mx        | true  | 5.1.10
          nowhere.example  | no_such_domain | true  | 5.1.2
          empty.example    | no_mail_host   | true  | 5.1.2
          dead.example     | no_mail_host   | true  | 5.4.4
          local.example    | no_mail_host   | true  | 5.4.4
          inside.example   | temp_error     | false | 4.4.4
          soft.example     | temp_error     | false | 4.4.3
          a..b             | invalid_domain | true  | 5.1.3
          -x.example       | invalid_domain | true  | 5.1.3
          """)
  void noRoute_saysWhy(String domain, String outcome, boolean permanent, String status) {
    dns.fault("soft.example", "MX", Fault.servfail());

    JsonObject line = route(domain).json().get(0);

    assertEquals(domain, line.get("domain").getAsString());
    assertEquals(outcome, line.get("outcome").getAsString(), line::toString);
    assertEquals(permanent, line.get("permanent").getAsBoolean());
    assertEquals(status, line.get("status").getAsString());
    assertEquals(0, line.getAsJsonArray("hosts").size());
    assertTrue(line.get("reason").getAsString().length() > 5, line::toString);
  }

  @Test
  void hosts_areGroupedInTheOrderOfTheirPreference() {
    JsonObject line = route("Example.ORG.").json().get(0);

    assertEquals("Example.ORG.", line.get("domain").getAsString());
    assertEquals("hosts", line.get("outcome").getAsString());
    assertTrue(line.get("permanent").isJsonNull());
    List<JsonObject> hosts = hosts(line);
    assertEquals(
        List.of(10, 10, 20), hosts.stream().map(h -> h.get("preference").getAsInt()).toList());
    assertEquals("backup.example.net", hosts.get(2).get("name").getAsString());
    JsonObject a =
        hosts.stream()
            .filter(h -> h.get("name").getAsString().startsWith("a."))
            .findFirst()
            .orElseThrow();
    assertEquals(Set.of("192.0.2.1", "2001:db8::1"), addresses(a));
    assertEquals("opportunistic", a.get("tls").getAsString());
    assertEquals(false, a.get("implicit").getAsBoolean());
  }

  @Test
  void implicitMx_isMarked() {
    JsonObject host = hosts(route("implicit.example").json().get(0)).get(0);

    assertEquals("implicit.example", host.get("name").getAsString());
    assertEquals(true, host.get("implicit").getAsBoolean());
  }

  @Test
  void internationalDomain_isAskedByItsALabels() {
    JsonObject line = route("bücher.example").json().get(0);

    assertEquals("bücher.example", line.get("domain").getAsString());
    assertEquals("hosts", line.get("outcome").getAsString());
  }

  @Test
  void refusedAddress_isNamedAndAllowedByTheOption() {
    JsonObject refused = route("inside.example").json().get(0);
    JsonObject first = refused.getAsJsonArray("refused").get(0).getAsJsonObject();
    assertEquals("lan.example", first.get("name").getAsString());
    assertEquals("10.0.0.1", first.get("address").getAsString());

    JsonObject allowed = route("--allow-private", "inside.example").json().get(0);
    assertEquals(Set.of("10.0.0.1"), addresses(hosts(allowed).get(0)));
  }

  @Test
  void ourselves_areALoop() {
    JsonObject line =
        route("--self", "a.example.org", "--self", "b.example.org", "example.org").json().get(0);

    assertEquals("loop", line.get("outcome").getAsString());
    assertEquals("5.4.6", line.get("status").getAsString());
  }

  @Test
  void repeat_spreadsEqualPreferences() {
    Set<String> firsts = new HashSet<>();
    for (JsonObject line : route("--repeat", "64", "example.org").json()) {
      firsts.add(hosts(line).get(0).get("name").getAsString());
    }

    assertEquals(Set.of("a.example.org", "b.example.org"), firsts);
    assertEquals(1, dns.count("example.org", "MX"));
  }

  @Test
  void severalDomains_answerInTheirOrder() {
    List<JsonObject> lines = route("null.example", "example.org", "null.example").json();

    assertEquals(
        List.of("null_mx", "hosts", "null_mx"),
        lines.stream().map(l -> l.get("outcome").getAsString()).toList());
  }

  @Test
  void explain_addsNotes() {
    JsonObject line = route("--explain", "inside.example").json().get(0);

    assertTrue(line.getAsJsonArray("notes").size() > 0, line::toString);
  }

  @Test
  void withoutJson_itReadsLikeATable() {
    Shell.Ran ran = Shell.run("route", "--dns", server(), "example.org", "null.example");

    assertEquals("example.org", ran.lines().get(0));
    assertTrue(
        ran.lines().get(3).matches(" +20  backup\\.example\\.net +192\\.0\\.2\\.3"), ran::toString);
    assertTrue(
        ran.lines().get(4).startsWith("null.example  fails, null_mx: 5.1.10"), ran::toString);
  }

  private static List<JsonObject> hosts(JsonObject line) {
    List<JsonObject> hosts = new ArrayList<>();
    line.getAsJsonArray("hosts").forEach(h -> hosts.add(h.getAsJsonObject()));
    return hosts;
  }

  private static Set<String> addresses(JsonObject host) {
    Set<String> addresses = new HashSet<>();
    host.getAsJsonArray("addresses").forEach(a -> addresses.add(a.getAsString()));
    return addresses;
  }
}
