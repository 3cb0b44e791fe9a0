package org.mxrelay.examples.stories;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.jdbc.JdbcQueue;

/**
 * Stores an order and its confirmation in one transaction: the customer hears of the order if and
 * only if there is one. The queue lives in the application's own database.
 */
public final class OrderWithMail {

  private final MxRelay relay;

  OrderWithMail(MxRelay relay) {
    this.relay = relay;
  }

  /** Takes a JDBC URL of PostgreSQL or MariaDB with a table {@code orders}, and a customer. */
  public static void main(String[] args) throws SQLException, InterruptedException {
    try (MxRelay relay =
            MxRelay.builder().helo("app.shop.example").queue(JdbcQueue.open(args[0])).start();
        Connection connection = DriverManager.getConnection(args[0])) {
      connection.setAutoCommit(false);
      new OrderWithMail(relay).order(connection, 4711, args[1]);
      connection.commit();
      relay.drain(Duration.ofMinutes(1));
    }
  }

  /** Leaves it to the caller whether all of this happened, or none of it. */
  void order(Connection connection, int number, String customer) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO orders (number, customer) VALUES (?, ?)")) {
      insert.setInt(1, number);
      insert.setString(2, customer);
      insert.executeUpdate();
    }
    String text =
        "From: billing@shop.example\r\nTo: %s\r\nSubject: Order %d\r\n\r\nThank you!\r\n"
            .formatted(customer, number);
    relay.submit(
        connection,
        Envelope.from("billing@shop.example").to(customer),
        MessageSource.of(text.getBytes(StandardCharsets.UTF_8)));
  }
}
