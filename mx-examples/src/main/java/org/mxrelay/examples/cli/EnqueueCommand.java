package org.mxrelay.examples.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mxrelay.smtp.SubmissionFactory;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Submission;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores messages for whoever runs the queue. */
@Command(
    name = "enqueue",
    description = "Stores each message and says so once it is durable. Never delivers.")
final class EnqueueCommand implements Callable<Integer> {

  // Enough for one sync to serve many, few enough that the first line comes soon.
  private static final int TOGETHER = 64;

  private record Added(Submission submission, String file) {}

  @Mixin private EnvelopeArguments envelope = new EnvelopeArguments();
  @Mixin private QueueOptions queue = new QueueOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--count", paramLabel = "N", description = "Stores each message N times.")
  private int count = 1;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "A message, - for stdin, or a folder: every regular file in it.")
  private List<String> files = new ArrayList<>();

  private final Streams streams;
  private final InstantSource clock = InstantSource.system();
  private final SubmissionFactory ids = SubmissionFactory.system();

  EnqueueCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    Envelope to = envelope.envelope();
    QueueUrl url = queue.url();
    if (url.isMemory()) {
      throw UsageError.of("--queue", url.text(), "nobody could ever deliver from it");
    }
    Numbers.inRange("--count", count, 10_000_000);
    List<MessageFiles.Message> messages = MessageFiles.filesAndFolders(files, streams.in());
    Output out = output.to(streams.out());
    try (Store store = url.open()) {
      List<Added> batch = new ArrayList<>();
      for (MessageFiles.Message message : messages) {
        MessageFacts facts = facts(message);
        for (int i = 0; i < count; i++) {
          batch.add(new Added(submission(to, message, facts), message.name()));
          if (batch.size() == TOGETHER) {
            store(store.queue(), batch, out);
          }
        }
      }
      store(store.queue(), batch, out);
    }
    return ExitCodes.OK;
  }

  private static MessageFacts facts(MessageFiles.Message message) {
    try {
      return MessageFacts.of(message.source());
    } catch (IOException e) {
      throw new UncheckedIOException(message.name() + " " + Failures.reading(e), e);
    }
  }

  private Submission submission(Envelope to, MessageFiles.Message message, MessageFacts facts) {
    Instant now = clock.instant();
    Instant due = Submission.dueFrom(to, now);
    return new Submission(ids.newId(), to, message.source(), facts, now, due);
  }

  /** Stores them all, and only then says so. */
  private static void store(DeliveryQueue queue, List<Added> batch, Output out) {
    if (!batch.isEmpty()) {
      queue.add(batch.stream().map(Added::submission).toList());
      batch.forEach(added -> out.print(record(added), EventText::of));
      batch.clear();
    }
  }

  private static JsonObject record(Added added) {
    Submission s = added.submission();
    return new JsonLine()
        .put("event", "queued")
        .put("at", s.queuedAt())
        .put("id", s.id().value())
        .put("file", added.file())
        .put("recipients", s.envelope().recipients().size())
        .done();
  }
}
