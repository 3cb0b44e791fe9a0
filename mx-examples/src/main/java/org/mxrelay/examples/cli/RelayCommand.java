package org.mxrelay.examples.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import org.mxrelay.examples.relay.Counts;
import org.mxrelay.examples.relay.Gateway;
import org.mxrelay.examples.relay.GatewayOptions;
import org.mxrelay.examples.relay.StatusServer;
import org.mxrelay.smtp.backup.BackupMx;
import org.mxrelay.smtp.backup.BackupMxBuilder;
import org.mxrelay.smtp.backup.NotABackupException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The backup MX. */
@Command(
    name = "relay",
    modelTransformer = NotForRelay.class,
    description =
        "Is the backup MX, or the filtering gateway, of domains: takes what the primary would take,"
            + " keeps it while the primary is down, and forwards it. SIGTERM ends it in good"
            + " order.")
final class RelayCommand implements Callable<Integer> {

  @Mixin private GatewayArguments gateway = new GatewayArguments();
  @Mixin private BackupArguments role = new BackupArguments();
  @Mixin private QueueOptions queue = new QueueOptions();
  @Mixin private DeliveryOptions delivery = new DeliveryOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  private final Streams streams;

  RelayCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    NotForRelay.refuse(spec.commandLine().getParseResult());
    Output out = output.to(streams.out());
    Counts counts = new Counts();
    String name = delivery.backupName();
    GatewayOptions options = gateway.options(name);
    BackupMxBuilder builder =
        delivery
            .backup()
            .listener(new BackupPrinter(out))
            .listener(counts)
            .relayListener(new EventPrinter(out))
            .relayListener(counts);
    role.applyTo(builder, name);
    try (Stop stop = Stop.onSignal();
        BackupMx backup = start(builder);
        Gateway server = Gateway.start(backup, options);
        StatusServer status =
            StatusServer.start(gateway.status(), name, role.domains(), backup::status, counts)) {
      stop.exitWith(ExitCodes.OK);
      listening(out, server.address(), status.address());
      Thread.sleep(Long.MAX_VALUE);
      return ExitCodes.OK;
    } catch (InterruptedException e) {
      // The signal's way of saying that it is enough; everything is closed by now.
      return ExitCodes.OK;
    }
  }

  /** The backup closes the queue; where it does not come to be, that is done here. */
  private BackupMx start(BackupMxBuilder builder) throws InterruptedException {
    Store store = queue.url().open();
    try {
      return builder.queue(store.queue()).memory(queue.url().memory()).start();
    } catch (NotABackupException e) {
      store.close();
      throw new UsageError(e.getMessage() + " (--primary or --unlisted overrides this)");
    } catch (IllegalArgumentException | IllegalStateException e) {
      store.close();
      throw GivenOption.named(spec.commandLine().getParseResult(), e);
    } catch (RuntimeException | InterruptedException e) {
      store.close();
      throw e;
    }
  }

  private static void listening(Output out, InetSocketAddress mail, InetSocketAddress page) {
    out.print(
        new JsonLine()
            .put("event", "listening")
            .put("address", text(mail))
            .put("status", text(page))
            .done(),
        line -> "listening on " + text(mail) + "; the status is at http://" + text(page) + "/");
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
