package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;
import org.mxrelay.testkit.Fault;
import org.mxrelay.testkit.ScriptedDnsServer;

class DnsClientTextsTest {

  private static final Domain NAME = new Domain("_mta-sts.example.org");

  private final ScriptedDnsServer server = ScriptedDnsServer.start("");
  private final DnsClient client = Clients.of(server).build();

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private TextAnswer texts(String... zone) throws InterruptedException {
    server.set(Clients.zone(zone));
    return client.texts(NAME);
  }

  private static List<String> all(TextAnswer answer) {
    return assertInstanceOf(TextAnswer.Texts.class, answer).texts();
  }

  @Test
  void stringsOfARecord_areJoined() throws InterruptedException {
    TextAnswer answer = texts("_mta-sts.example.org. 300 TXT \"v=STSv1; \" \"id=1\" \";\"");
    assertEquals(List.of("v=STSv1; id=1;"), all(answer));
    assertEquals(Clients.START.plusSeconds(300), answer.facts().validUntil());
  }

  @Test
  void everyRecord_isATextOfItsOwn() throws InterruptedException {
    TextAnswer answer =
        texts(
            "_mta-sts.example.org. 300 TXT \"one\"",
            "_mta-sts.example.org. 300 TXT \"t\\233o \\\"2\\\"\"");
    assertEquals(List.of("one", "t\u00e9o \"2\""), all(answer).stream().sorted().toList());
  }

  @Test
  void alias_isFollowed() throws InterruptedException {
    TextAnswer answer =
        texts(
            "_mta-sts.example.org. 300 CNAME sts.provider.example.",
            "sts.provider.example. 60 TXT \"v=STSv1; id=2\"");
    assertEquals(List.of("v=STSv1; id=2"), all(answer));
    assertEquals(Clients.START.plusSeconds(60), answer.facts().validUntil());
  }

  @Test
  void nameWithoutText_hasNone() throws InterruptedException {
    assertInstanceOf(TextAnswer.NoText.class, texts("_mta-sts.example.org. 300 A 192.0.2.1"));
  }

  @Test
  void nameThatDoesNotExist_hasNone() throws InterruptedException {
    assertInstanceOf(TextAnswer.NoText.class, texts("other.example. 300 A 192.0.2.1"));
  }

  @Test
  void serverThatFails_leavesItUnresolved() throws InterruptedException {
    server.fault("*", "TXT", Fault.servfail());
    TextAnswer answer = texts("_mta-sts.example.org. 300 TXT \"one\"");
    assertEquals(
        "unresolved", answer.fold(texts -> "texts", none -> "none", unresolved -> "unresolved"));
  }

  @Test
  void fold_knowsEveryCase() throws InterruptedException {
    assertEquals(3, TextAnswer.class.getPermittedSubclasses().length);
    TextAnswer none = texts("other.example. 300 A 192.0.2.1");
    assertEquals("none", none.fold(t -> "texts", n -> "none", u -> "unresolved"));
  }
}
