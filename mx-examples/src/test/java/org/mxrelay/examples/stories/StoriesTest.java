package org.mxrelay.examples.stories;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mxrelay.MailRouter;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.MxRelayBuilder;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.jdbc.JdbcQueue;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.testkit.ScriptedDnsServer;

class StoriesTest {

  private final ScriptedSmtpServer exchange = ScriptedSmtpServer.start();
  private final ScriptedDnsServer dns =
      ScriptedDnsServer.start(
          """
          example.org.       MX  10 mx.example.org.
          mx.example.org.    A   127.0.0.1
          nomail.example.    MX  0 .
          """);
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);

  @AfterEach
  void stop() {
    exchange.close();
    dns.close();
  }

  private MailRouter router() {
    return MailRouter.builder()
        .dns(dns.address())
        .addressPolicy(AddressPolicy.allowAll())
        .port(exchange.port())
        .build();
  }

  private MxRelayBuilder relay() {
    return MxRelay.builder().helo("app.shop.example").router(router());
  }

  private String told() {
    return told.toString(StandardCharsets.UTF_8);
  }

  @Test
  void resolveOnly_tellsWhereMailGoes() throws InterruptedException {
    try (MailRouter router = router()) {
      ResolveOnly.tell(router, "example.org", out);
      ResolveOnly.tell(router, "nomail.example", out);
    }

    assertTrue(told().contains("  10 mx.example.org "), told());
    assertTrue(told().contains("nomail.example: nowhere: 5.1.10"), told());
  }

  @Test
  void sendOnce_relaysAndTells() throws InterruptedException {
    SendOnce.send(relay(), "ann@example.org", out);

    assertTrue(told().startsWith("ann@example.org relayed: 250"), told());
    assertTrue(exchange.messages().get(0).text().contains("To: ann@example.org\r\n"));
  }

  @Test
  void orderWithMail_confirmsWhatWasCommittedAndNothingElse() throws Exception {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=60";
    try (MxRelay relay = relay().queue(JdbcQueue.open(url)).start();
        Connection connection = DriverManager.getConnection(url)) {
      connection
          .createStatement()
          .execute("CREATE TABLE orders (number INTEGER PRIMARY KEY, customer VARCHAR(99))");
      connection.setAutoCommit(false);
      OrderWithMail orders = new OrderWithMail(relay);

      orders.order(connection, 4711, "ann@example.org");
      connection.commit();
      orders.order(connection, 4712, "ann@example.org");
      assertThrows(
          SQLException.class, () -> orders.order(connection, 4711, "ann@example.org"), "twice");
      connection.rollback();
      assertTrue(relay.drain(Duration.ofMinutes(1)));
    }
    assertEquals(1, exchange.messages().size());
    assertTrue(exchange.messages().get(0).text().contains("Subject: Order 4711"));
  }

  @Test
  void queueAndRestart_losesNothing(@TempDir Path folder) throws InterruptedException {
    Path file = folder.resolve("mail.db");
    byte[] message = "Subject: later\r\n\r\nbody\r\n".getBytes(StandardCharsets.UTF_8);

    SubmissionId id =
        QueueAndRestart.queue(
            relay().queue(JdbcQueue.sqlite(file)), MessageSource.of(message), "ann@example.org");
    QueueAndRestart.deliver(relay().queue(JdbcQueue.sqlite(file)), id, out);

    assertEquals("ann@example.org relayed", told().strip());
    assertEquals(1, exchange.messages().size());
  }
}
