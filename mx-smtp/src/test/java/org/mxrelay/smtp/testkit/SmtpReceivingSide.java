package org.mxrelay.smtp.testkit;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mxrelay.routing.Route;

/** An SMTP server as a receiving side. */
final class SmtpReceivingSide implements ReceivingSide {

  private final ScriptedSmtpServer server;
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  SmtpReceivingSide(ScriptedSmtpServer server) {
    this.server =
        server.on(
            Step.RCPT, Behaviour.replyTo(a -> refused.contains(a) ? "550 5.1.1 Not here" : ""));
  }

  @Override
  public Route route() {
    return server.route();
  }

  @Override
  public void refuse(String address) {
    refused.add(address);
  }

  @Override
  public void shut() {
    server.stop();
  }

  @Override
  public List<Taken> taken() {
    return server.messages().stream()
        .map(m -> new Taken(m.reversePath(), m.addresses(), m.text()))
        .toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
