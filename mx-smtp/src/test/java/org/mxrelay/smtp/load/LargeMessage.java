package org.mxrelay.smtp.load;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;
import org.mxrelay.routing.RouteDecision.Trail;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.queue.jdbc.JdbcQueue;
import org.mxrelay.smtp.transport.LastByteGate;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.tls.TlsDemand;

/** Sends one message of so many octets to a port: by the transport, or through a queue. */
final class LargeMessage {

  private static final Envelope ENVELOPE = Envelope.from("a@x.example").to("b@y.example");

  private LargeMessage() {}

  public static void main(String[] args) throws Exception {
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
    Route route = new Route("mx.y.example", 10, address, Route.Origin.STATIC);
    Lines message = new Lines(Long.parseLong(args[1]));
    if (args.length == 2) {
      byTransport(route, message);
    } else {
      byQueue(route, message, Path.of(args[2]));
    }
  }

  private static void byTransport(Route route, Lines message) throws Exception {
    try (SmtpTransport transport = SmtpTransport.builder().build()) {
      Transaction transaction =
          new Transaction(
              route,
              TlsDemand.OPPORTUNISTIC,
              ENVELOPE,
              message,
              MessageFacts.of(message),
              LastByteGate.OPEN);
      System.out.println(transport.attempt(transaction).results().values());
    }
  }

  private static void byQueue(Route route, Lines message, Path file) throws Exception {
    Trail trail = new Trail(Instant.MAX, List.of());
    try (JdbcQueue queue = JdbcQueue.sqlite(file);
        MxRelay relay =
            MxRelay.builder()
                .queue(queue)
                .router(destination -> new RouteDecision.Attempt(List.of(route), trail))
                .start()) {
      relay.submit(ENVELOPE, message);
      relay.drain(Duration.ofMinutes(2));
      relay.outcomes(0, 10).forEach(o -> System.out.println(o.outcome().outcome()));
    }
  }
}
