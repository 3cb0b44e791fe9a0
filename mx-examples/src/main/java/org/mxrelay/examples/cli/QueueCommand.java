package org.mxrelay.examples.cli;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.mxrelay.smtp.queue.Explanation;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.QueueStats;
import org.mxrelay.smtp.queue.Selection;
import org.mxrelay.smtp.queue.SubmissionId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks at a queue and steps in, beside whoever runs it. */
@Command(
    name = "queue",
    description = {
      "Looks at a queue, or steps in.",
      "What: list [SEL], show ID, hold SEL, release SEL, flush SEL, cancel SEL, stats;",
      "SEL is an ID, --domain D, --to A or --all."
    })
final class QueueCommand implements Callable<Integer> {

  private static final int PAGE = 500;

  @Mixin private QueueArguments which = new QueueArguments();
  @Mixin private QueueOptions queue = new QueueOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--why",
      paramLabel = "TEXT",
      description = "Why they are held. Default: ${DEFAULT-VALUE}.")
  private String why = "held by hand";

  private final Streams streams;
  private final InstantSource clock = InstantSource.system();

  QueueCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    Output out = output.to(streams.out());
    try (Store store = queue.url().openExisting()) {
      switch (which.action()) {
        case LIST -> list(store, out);
        case SHOW -> show(store, out);
        case STATS -> stats(store, out);
        case HOLD, RELEASE, FLUSH, CANCEL -> change(store, out);
      }
    }
    return ExitCodes.OK;
  }

  private void list(Store store, Output out) {
    Selection selection = which.orAll();
    long last = 0;
    List<QueueEntry> page = store.admin().list(selection, last, PAGE);
    while (!page.isEmpty()) {
      for (QueueEntry entry : page) {
        out.print(QueueLine.of(entry), QueueText::entry);
        last = entry.delivery().id();
      }
      page = store.admin().list(selection, last, PAGE);
    }
  }

  private void show(Store store, Output out) {
    SubmissionId id = which.submission();
    Explanation why =
        Explanation.of(store.queue(), id, clock.instant())
            .orElseThrow(() -> UsageError.of("ID", id.value(), "no such message in this queue"));
    out.print(QueueLine.of(why), QueueText::status);
  }

  private void stats(Store store, Output out) {
    QueueStats stats = store.queue().stats();
    out.print(QueueLine.of(stats), QueueText::stats);
  }

  private void change(Store store, Output out) {
    Selection selection = which.required();
    Instant now = clock.instant();
    int changed =
        switch (which.action()) {
          case HOLD -> store.admin().hold(selection, why, now);
          case RELEASE -> store.admin().release(selection, now);
          case FLUSH -> store.admin().flush(selection, now);
          default -> store.admin().cancel(selection, now);
        };
    out.print(
        new JsonLine().put("action", Words.of(which.action())).put("changed", changed).done(),
        QueueText::changed);
  }
}
