package org.mxrelay.examples.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.LastByteGate;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.tls.TlsDemand;

/** Our own client, which keeps its connections. */
record MxSender(SmtpTransport transport, Transaction transaction) implements Sender {

  static MxSender of(SmtpTransport transport, InetSocketAddress to, MessageSource message)
      throws IOException {
    return new MxSender(
        transport,
        new Transaction(
            new Route("sink.bench.example", 10, to, Route.Origin.MX),
            TlsDemand.OPPORTUNISTIC,
            Envelope.from("bench@client.example").to("ann@bench.example"),
            message,
            MessageFacts.of(message),
            LastByteGate.OPEN));
  }

  @Override
  public void send() throws Exception {
    AttemptResult result = transport.attempt(transaction);
    for (RecipientResult one : result.results().values()) {
      if (!(one instanceof RecipientResult.Answered answered) || !answered.reply().isPositive()) {
        throw new IOException("not taken: " + one);
      }
    }
  }
}
