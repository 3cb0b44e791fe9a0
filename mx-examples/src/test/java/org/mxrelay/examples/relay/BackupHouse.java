package org.mxrelay.examples.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.smtp.backup.BackupMx;
import org.mxrelay.smtp.backup.BackupMxBuilder;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.testkit.TestCertificate;

/** A gateway for {@code example.org} before a primary that does as a test says. */
final class BackupHouse implements AutoCloseable {

  final ScriptedSmtpServer primary = ScriptedSmtpServer.start().named("mx1.example.org");
  final Counts counts = new Counts();
  final BackupMx backup;
  final Gateway gateway;

  private BackupHouse(
      UnaryOperator<GatewayOptions> options,
      UnaryOperator<BackupMxBuilder> role,
      DeliveryQueue queue)
      throws IOException, InterruptedException {
    BackupMxBuilder builder =
        BackupMx.builder()
            .domains("example.org")
            .self("mx2.example.org")
            .primary("127.0.0.1:" + primary.port())
            .routing(router -> router.addressPolicy(AddressPolicy.allowAll()))
            .queue(queue)
            .listener(counts)
            .relayListener(counts);
    this.backup = role.apply(builder).start();
    GatewayOptions usual =
        new GatewayOptions(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "mx2.example.org",
            Optional.of(TestCertificate.of("mx2.example.org").serverContext()),
            GatewayOptions.Limits.STANDARD);
    this.gateway = Gateway.start(backup, options.apply(usual));
  }

  static BackupHouse open() throws IOException, InterruptedException {
    return with(UnaryOperator.identity());
  }

  static BackupHouse with(UnaryOperator<GatewayOptions> options)
      throws IOException, InterruptedException {
    return new BackupHouse(options, UnaryOperator.identity(), InMemoryQueue.create());
  }

  static BackupHouse limited(UnaryOperator<GatewayOptions.Limits> limits)
      throws IOException, InterruptedException {
    return with(o -> new GatewayOptions(o.listen(), o.name(), o.tls(), limits.apply(o.limits())));
  }

  static BackupHouse on(DeliveryQueue queue, UnaryOperator<BackupMxBuilder> role)
      throws IOException, InterruptedException {
    return new BackupHouse(UnaryOperator.identity(), role, queue);
  }

  Dialogue client() throws IOException {
    return Dialogue.greeted(gateway.address());
  }

  @Override
  public void close() {
    gateway.close();
    backup.close();
    primary.close();
  }
}
