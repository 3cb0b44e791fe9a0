package org.mxrelay.examples.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.MxRelayBuilder;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.queue.QueueStats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Submits messages and delivers until they are settled. */
@Command(
    name = "send",
    description = "Submits each message and delivers until all of them are settled.")
final class SendCommand implements Callable<Integer> {

  private static final Duration FOR_REPORTS = Duration.ofSeconds(30);

  @Mixin private EnvelopeArguments envelope = new EnvelopeArguments();
  @Mixin private QueueOptions queue = new QueueOptions();
  @Mixin private DeliveryOptions delivery = new DeliveryOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--for",
      paramLabel = "D",
      converter = DurationOption.class,
      description = "Gives up waiting after that time; what is left stays queued.")
  private @Nullable Duration atMost;

  @Parameters(arity = "0..*", paramLabel = "FILE", description = "A message, or - for stdin.")
  private List<String> files = new ArrayList<>();

  private final Streams streams;
  private final InstantSource clock = InstantSource.system();

  SendCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException {
    Envelope to = envelope.envelope();
    QueueUrl url = queue.url();
    MxRelayBuilder builder = delivery.relay();
    List<MessageFiles.Message> messages = MessageFiles.files(files, streams.in());
    OwnMessages own = new OwnMessages(clock);
    EventPrinter printer = new EventPrinter(output.to(streams.out()));
    builder.listener(printer).listener(own);
    try (Stop stop = Stop.onSignal();
        MxRelay relay = Start.relay(builder, url);
        Cancellations cancelled = new Cancellations(relay, printer::ended)) {
      cancelled.follow();
      stop.exitWith(ExitCodes.STILL_QUEUED);
      messages.forEach(m -> own.add(relay.submit(to, m.source())));
      Instant deadline = atMost == null ? Instant.MAX : clock.instant().plus(atMost);
      own.await(relay, deadline);
      if (url.isMemory()) {
        letReportsOut(relay, deadline);
      }
      own.look(relay);
    }
    return own.exit();
  }

  /** What a queue in memory still holds ends with the process: a report gets its first attempt. */
  private void letReportsOut(MxRelay relay, Instant deadline) throws InterruptedException {
    Instant latest = clock.instant().plus(FOR_REPORTS);
    Instant until = latest.isBefore(deadline) ? latest : deadline;
    while (clock.instant().isBefore(until) && !relay.drain(Duration.ofMillis(100))) {
      QueueStats stats = relay.stats();
      if (stats.due() + stats.leased() == 0) {
        return;
      }
    }
  }
}
