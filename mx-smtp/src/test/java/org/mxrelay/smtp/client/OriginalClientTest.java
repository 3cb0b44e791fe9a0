package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.smtp.client.OriginalClient.Greeting;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;

class OriginalClientTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.7 | a.example | b.example | NAME ADDR PROTO HELO"
            + " | ' NAME=a.example ADDR=192.0.2.7 PROTO=ESMTP HELO=b.example'",
        "192.0.2.7 | '' | '' | NAME ADDR HELO"
            + " | ' NAME=[UNAVAILABLE] ADDR=192.0.2.7 HELO=[UNAVAILABLE]'",
        "2001:db8::7 | '' | [192.0.2.1] | ADDR HELO | ' ADDR=IPV6:2001:db8::7 HELO=[192.0.2.1]'",
        "::ffff:192.0.2.7 | '' | '' | addr | ' ADDR=192.0.2.7'",
        "192.0.2.7 | '' | 'x y=z+' | HELO | ' HELO=x+20y+3Dz+2B'",
        "192.0.2.7 | '' | '' | LOGIN PORT | ''",
      })
  void attributes_areThoseThatAreOfferedAsXtext(
      String address, String name, String helo, String offer, String expected)
      throws UnknownHostException {
    OriginalClient client =
        new OriginalClient(
            InetAddress.getByName(address),
            Optional.of(name).filter(n -> !n.isEmpty()),
            helo,
            Greeting.ESMTP);

    assertEquals(expected, client.attributes(offer));
  }

  @Test
  void xclient_beginsTheSessionAnew() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start().offer("XCLIENT ADDR");
        SmtpTransport transport = SmtpTransport.builder().helo("mx2.example.org").build();
        SmtpSession session = transport.open(server.route())) {
      server.on(Step.OTHER, Behaviour.reply("220 mx.test.example ESMTP"));
      OriginalClient client =
          new OriginalClient(
              InetAddress.getByName("192.0.2.7"), Optional.empty(), "", Greeting.SMTP);
      assertThrows(IllegalStateException.class, () -> session.xclient(client));
      session.ehlo();

      assertEquals(220, session.xclient(client).code());

      assertTrue(session.extensions().isEmpty());
      assertTrue(session.ehlo().isPositive());
      assertTrue(server.sessions().get(0).commands().contains("XCLIENT ADDR=192.0.2.7"));
    }
  }
}
