package org.mxrelay.smtp.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.client.MatrixTable.Cell;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.testkit.RecordedSession;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Transactions;
import org.mxrelay.smtp.testkit.TransportContract;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.Connector;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.mxrelay.smtp.transport.Transaction;

/** One cell of the matrix, tried once. */
final class CellRun {

  private static final String TARGET = "b@y.example";

  private final Cell cell;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch noticeable = new CountDownLatch(1);

  private CellRun(Cell cell) {
    this.cell = cell;
  }

  /**
   * What came of a cell.
   *
   * @param outcome of the recipient whom the fault hits, in the table's words
   * @param stage where; empty if it was relayed
   * @param result what the transport answered
   * @param first what became of a first message that went before; empty if none did
   * @param openAfter sockets of ours that were open when the attempt was over
   * @param openInTheEnd and when the transport was closed
   * @param taken messages that the server took
   * @param millis how long it took
   * @param transcript what went over the connections
   */
  record Report(
      Cell cell,
      String outcome,
      String stage,
      AttemptResult result,
      String first,
      long openAfter,
      long openInTheEnd,
      int taken,
      long millis,
      List<String> transcript) {

    /** The result of the recipient whom the fault hits. */
    RecipientResult target() {
      return results().get(TARGET);
    }

    Map<String, RecipientResult> results() {
      return TransportContract.results(result);
    }

    /** In the table's words, with the stage. */
    String found() {
      return stage.isEmpty() ? outcome : outcome + "@" + stage;
    }
  }

  static Report of(Cell cell) throws Exception {
    return new CellRun(cell).run();
  }

  private Report run() throws Exception {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
        DeafAddress deaf = DeafAddress.on(cell.place() == Place.CONNECT)) {
      cell.variant().prepare(server);
      cell.place().script(server, cell.fault(), noticeable);
      SmtpTransport transport = transport();
      String first = "";
      AttemptResult result;
      long openAfter;
      long start = System.nanoTime();
      try {
        Transaction transaction = transaction(route(server, deaf));
        result = transport.attempt(transaction);
        if (cell.place().isSecondMessage()) {
          first = outcome(result);
          result = transport.attempt(transaction);
        }
        openAfter = open();
      } finally {
        transport.close();
      }
      long millis = (System.nanoTime() - start) / 1_000_000;
      return new Report(
          cell,
          outcome(result),
          stage(result),
          result,
          first,
          openAfter,
          open(),
          server.messages().size(),
          millis,
          transcript(server));
    }
  }

  private Route route(ScriptedSmtpServer server, DeafAddress deaf) {
    if (cell.place() != Place.CONNECT) {
      return server.route();
    }
    if (cell.fault() == Fault.RESET) {
      server.stop();
      return server.route();
    }
    InetSocketAddress address = deaf.address();
    return new Route(server.name(), 10, address, Route.Origin.STATIC);
  }

  private SmtpTransport transport() {
    Connector direct = Connector.direct();
    return SmtpTransport.builder()
        .helo("me.example")
        .timeouts(cell.place().timeouts(cell.fault()))
        .connector((route, timeout) -> counted(direct.connect(route, timeout)))
        .maxMessagesPerConnection(cell.place() == Place.QUIT ? 1 : 100)
        .maxIdle(Duration.ofMinutes(1))
        .build();
  }

  private Socket counted(Socket socket) {
    sockets.add(socket);
    return socket;
  }

  private long open() {
    return sockets.stream().filter(s -> !s.isClosed()).count();
  }

  private Transaction transaction(Route route) throws IOException {
    String[] recipients =
        cell.place() == Place.RCPT2
            ? new String[] {"no@y.example", TARGET, "c@y.example"}
            : new String[] {TARGET};
    Transaction small = Transactions.to(route, recipients).with(cell.variant().demand());
    if (!cell.place().isInTheBody()) {
      return small;
    }
    WaitingMessage message =
        cell.place() == Place.BODY99
            ? WaitingMessage.endingAfter(cell.place().octetsBefore(), noticeable)
            : WaitingMessage.endless(cell.place().octetsBefore(), noticeable);
    MessageFacts facts = new MessageFacts(1_000, 1_000, MessageFacts.Content.SEVEN_BIT);
    return new Transaction(
        small.route(), small.tls(), small.envelope(), message, facts, small.gate());
  }

  private static String outcome(AttemptResult result) {
    boolean sent = result.session().lastByte() == LastByte.SENT;
    boolean tls = result.session().tls().isPresent();
    return TransportContract.results(result)
        .get(TARGET)
        .fold(
            answered -> tls ? "relayed-tls" : "relayed",
            refused -> "refused",
            lacking -> "lacking",
            next -> "next",
            broken -> sent ? "unsure" : "broken");
  }

  private static String stage(AttemptResult result) {
    return TransportContract.results(result)
        .get(TARGET)
        .fold(
            answered -> "",
            refused -> refused.stage().name(),
            lacking -> lacking.stage().name(),
            next -> "RCPT",
            broken -> broken.stage().name());
  }

  private static List<String> transcript(ScriptedSmtpServer server) {
    List<String> lines = new ArrayList<>();
    for (RecordedSession session : server.sessions()) {
      lines.add("connection " + session.number());
      lines.addAll(session.transcript());
    }
    return lines;
  }
}
