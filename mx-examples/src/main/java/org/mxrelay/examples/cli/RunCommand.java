package org.mxrelay.examples.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.MxRelayBuilder;
import org.mxrelay.smtp.queue.QueueStats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Delivers what is queued. */
@Command(
    name = "run",
    description = "Claims and delivers until it is stopped. SIGTERM finishes what is under way.")
final class RunCommand implements Callable<Integer> {

  // Long enough for any run, short enough to be added to any time.
  private static final Duration WITHOUT_END = Duration.ofDays(36_500);

  @Mixin private QueueOptions queue = new QueueOptions();
  @Mixin private DeliveryOptions delivery = new DeliveryOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--until-empty", description = "Ends when nothing is queued but what is held.")
  private boolean untilEmpty;

  @Option(
      names = "--for",
      paramLabel = "D",
      converter = DurationOption.class,
      description = "Ends after that time.")
  private @Nullable Duration atMost;

  private final Streams streams;

  RunCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    QueueUrl url = queue.url();
    Tally tally = new Tally();
    EventPrinter printer = new EventPrinter(output.to(streams.out()));
    try (Stop stop = Stop.onSignal();
        MxRelay relay = Start.relay(builder(printer, tally), url);
        Cancellations cancelled = new Cancellations(relay, printer::ended)) {
      cancelled.follow();
      stop.exitWith(ExitCodes.OK);
      Duration time = atMost == null ? WITHOUT_END : atMost;
      if (untilEmpty) {
        relay.drain(time);
      } else {
        Thread.sleep(time.toMillis());
      }
      QueueStats left = relay.stats();
      return ExitCodes.ofDelivery(tally.anyFailed(), left.pending() + left.held() > 0);
    } catch (InterruptedException e) {
      // The signal's way of saying that it is enough; the relay is closed by now.
      return ExitCodes.OK;
    }
  }

  private MxRelayBuilder builder(EventPrinter printer, Tally tally) {
    return delivery.relay().listener(printer).listener(tally);
  }
}
