package org.mxrelay.examples.cli;

import java.util.ArrayList;
import java.util.List;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.testkit.ScriptedDnsServer;

/** A DNS server and one exchange for {@code example.org}, as options of the command line. */
final class Net implements AutoCloseable {

  final ScriptedSmtpServer exchange = ScriptedSmtpServer.start().named("mx.example.org");
  final ScriptedDnsServer dns =
      ScriptedDnsServer.start(
          """
          example.org.     MX  10 mx.example.org.
          shop.example.    MX  10 mx.example.org.
          mx.example.org.  A   127.0.0.1
          """);

  /** The arguments, and the options that lead here. */
  String[] args(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--json", "--allow-private", "--helo", "app.shop.example"));
    all.addAll(List.of("--dns", "127.0.0.1:" + dns.address().getPort()));
    all.addAll(List.of("--port", String.valueOf(exchange.port())));
    return all.toArray(String[]::new);
  }

  @Override
  public void close() {
    exchange.close();
    dns.close();
  }
}
