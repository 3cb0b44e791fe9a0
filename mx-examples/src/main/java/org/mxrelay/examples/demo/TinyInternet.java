package org.mxrelay.examples.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.mxrelay.MailRouter;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.retry.StandardRetryPolicy;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.client.SmtpTransport;
import org.mxrelay.smtp.queue.jdbc.JdbcQueue;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.testkit.ScriptedDnsServer;

/** A DNS server, a few exchangers and a queue of our own. Confined to one thread. */
final class TinyInternet implements AutoCloseable {

  private static final String ZONE =
      """
      example.org.         300 MX 10 mx1.example.org.
      example.org.         300 MX 10 mx2.example.org.
      example.org.         300 MX 20 backup.example.net.
      mx1.example.org.     300 A  192.0.2.1
      mx2.example.org.     300 A  192.0.2.2
      backup.example.net.  300 A  192.0.2.3
      shop.example.        300 MX 10 mail.shop.example.
      mail.shop.example.   300 A  192.0.2.4
      """;

  private final Switchboard switchboard = new Switchboard();
  private final ScriptedDnsServer dns = ScriptedDnsServer.start(ZONE);
  private final ScriptedSmtpServer primary;
  private final ScriptedSmtpServer peer;
  private final ScriptedSmtpServer backup;
  private final ScriptedSmtpServer ofSender;
  private final Path queueFile;

  TinyInternet(Path folder) throws IOException {
    this.queueFile = folder.resolve("queue.db");
    this.primary = exchanger("mx1.example.org", 1);
    this.peer = exchanger("mx2.example.org", 2);
    this.backup = exchanger("backup.example.net", 3);
    this.ofSender = exchanger("mail.shop.example", 4);
  }

  private ScriptedSmtpServer exchanger(String name, int last) throws IOException {
    ScriptedSmtpServer server = ScriptedSmtpServer.start().named(name);
    switchboard.put(
        InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last}), server.address());
    return server;
  }

  /** The best exchange of example.org, with its {@link #peer()}. */
  ScriptedSmtpServer primary() {
    return primary;
  }

  /** As good as the primary. */
  ScriptedSmtpServer peer() {
    return peer;
  }

  /** For when the other two are down. */
  ScriptedSmtpServer backup() {
    return backup;
  }

  /** Where the sender has his own mailbox, to which bounces go. */
  ScriptedSmtpServer ofSender() {
    return ofSender;
  }

  MailRouter router() {
    return MailRouter.builder().dns(dns.address()).build();
  }

  JdbcQueue queue() {
    return JdbcQueue.sqlite(queueFile);
  }

  /** A relay as an application would start it, but one that loses patience within a second. */
  MxRelay relay(RelayListener listener) {
    return MxRelay.builder()
        .helo("app.shop.example")
        .queue(queue())
        .router(router())
        .transport(SmtpTransport.builder().helo("app.shop.example").connector(switchboard).build())
        .retry(
            new StandardRetryPolicy(
                RetrySchedule.parse("500ms"), Duration.ofMinutes(5), Optional.empty()))
        .listener(listener)
        .start();
  }

  @Override
  public void close() {
    primary.close();
    peer.close();
    backup.close();
    ofSender.close();
    dns.close();
  }
}
