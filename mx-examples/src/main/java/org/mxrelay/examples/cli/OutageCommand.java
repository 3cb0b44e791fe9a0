package org.mxrelay.examples.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.mxrelay.examples.outage.Answers;
import org.mxrelay.examples.outage.Assumptions;
import org.mxrelay.examples.outage.Mix;
import org.mxrelay.examples.outage.OutagePage;
import org.mxrelay.examples.outage.Study;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The outage simulation. */
@Command(
    name = "outage",
    description =
        "Simulates what becomes of a domain's mail when its primary exchange is away, with and"
            + " without a backup.")
final class OutageCommand implements Callable<Integer> {

  private static final int MOST = 100_000_000;

  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--outage",
      paramLabel = "D",
      split = ",",
      converter = DurationOption.class,
      description = "How long an outage is; several are compared. Default: from 15m to 7d.")
  private List<Duration> lengths = new ArrayList<>();

  @Option(
      names = "--every",
      paramLabel = "D",
      converter = DurationOption.class,
      description = "The mean time between two outages, 15d or more. Default: 30d.")
  private Duration every = Study.Options.STANDARD.between();

  @Option(
      names = "--for",
      paramLabel = "D",
      converter = DurationOption.class,
      description = "The time that is simulated. Default: 365d.")
  private Duration over = Study.Options.STANDARD.over();

  @Option(
      names = "--messages",
      paramLabel = "N",
      description = "Messages for each length and setup. Default: ${DEFAULT-VALUE}.")
  private int messages = Study.Options.STANDARD.messages();

  @Option(
      names = "--mix",
      paramLabel = "SENDER=WEIGHT,...",
      description =
          "Who sends the wanted mail: postfix, exim, exchange-online, exchange-server, bulk-72h,"
              + " api-8h, script, mxrelay.")
  private @Nullable String mix;

  @Option(
      names = "--spam",
      paramLabel = "SHARE",
      description = "The share of spam, 0 to 1. Default: ${DEFAULT-VALUE}.")
  private double spam = Assumptions.STANDARD.spam();

  @Option(
      names = "--spam-at-backup",
      paramLabel = "SHARE",
      description = "The share of spam that tries the backup first. Default: ${DEFAULT-VALUE}.")
  private double spamAtBackup = Assumptions.STANDARD.spamAtBackup();

  @Option(
      names = "--recipients-known",
      paramLabel = "SHARE",
      description =
          "The share of mail for recipients that a verifying backup remembers. Default:"
              + " ${DEFAULT-VALUE}.")
  private double recipientsKnown = Assumptions.STANDARD.recipientsKnown();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of all chance; the same gives the same figures. Default: ${DEFAULT-VALUE}.")
  private long seed = Study.Options.STANDARD.seed();

  @Option(names = "--html", paramLabel = "FILE", description = "Writes a page about it as well.")
  private @Nullable Path html;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Streams streams;

  OutageCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws InterruptedException {
    Study.Options options = options();
    Output out = output.to(streams.out());
    if (!out.isJson()) {
      out.print(new JsonObject(), line -> OutageText.HEAD);
    }
    Study study =
        Study.of(options, cell -> out.print(OutageLine.of(cell), line -> OutageText.of(cell)));
    if (!out.isJson()) {
      out.print(new JsonObject(), line -> OutageText.of(new Answers(study)));
    }
    if (html != null) {
      write(html, study);
    }
    return ExitCodes.OK;
  }

  private Study.Options options() {
    try {
      return new Study.Options(
          Numbers.inRange("--messages", messages, MOST),
          lengths.isEmpty() ? Study.LENGTHS : lengths,
          every,
          over,
          mix == null ? Mix.STANDARD : Mix.parse(mix),
          Assumptions.STANDARD
              .withSpam(spam)
              .withSpamAtBackup(spamAtBackup)
              .withRecipientsKnown(recipientsKnown),
          seed);
    } catch (IllegalArgumentException e) {
      throw new UsageError(Failures.reason(e));
    }
  }

  private void write(Path file, Study study) {
    try {
      Files.writeString(file, new OutagePage(study, commandLine()).html());
    } catch (IOException e) {
      throw new UncheckedIOException("--html '" + file + "' cannot be written", e);
    }
  }

  /** What was asked for, as it can be typed again. */
  private String commandLine() {
    return "mx " + String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }
}
