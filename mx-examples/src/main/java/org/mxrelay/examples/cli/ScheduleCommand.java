package org.mxrelay.examples.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.retry.Timetable;
import org.mxrelay.retry.Timetable.Attempt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** When attempts would be made. */
@Command(
    name = "schedule",
    description = "Prints the attempts that a message gets which is refused for a while each time.")
final class ScheduleCommand implements Callable<Integer> {

  private static final int MOST_DRAWN = 500;

  @Mixin private RetryOptions retry = new RetryOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(names = "--seed", paramLabel = "N", description = "Makes the jitter repeatable.")
  private @Nullable Long seed;

  @Option(names = "--svg", paramLabel = "FILE", description = "Draws it as well.")
  private @Nullable Path svg;

  private final Streams streams;

  ScheduleCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    RetryPolicy policy = retry.policy();
    RandomGenerator random = seed == null ? new SplittableRandom() : new SplittableRandom(seed);
    List<Attempt> attempts = attempts(policy, random);
    if (svg != null) {
      draw(policy, attempts, svg);
    }
    Output out = output.to(streams.out());
    attempts.forEach(a -> out.print(record(a), line -> text(a)));
    return ExitCodes.OK;
  }

  private static List<Attempt> attempts(RetryPolicy policy, RandomGenerator random) {
    try {
      return Timetable.of(policy, random).attempts();
    } catch (IllegalArgumentException e) {
      throw new UsageError("--retry: " + Failures.reason(e));
    }
  }

  private static JsonObject record(Attempt attempt) {
    return new JsonLine()
        .put("attempt", attempt.number())
        .put("after", attempt.after())
        .put("at", attempt.at())
        .done();
  }

  private static String text(Attempt attempt) {
    if (attempt.number() == 1) {
      return "   1  at once";
    }
    String after = Words.of(toTheSecond(attempt.after()));
    String at = Words.of(toTheSecond(attempt.at()));
    return String.format("%4d  after %-14s at %s", attempt.number(), after, at);
  }

  private static Duration toTheSecond(Duration d) {
    return d.compareTo(Duration.ofMinutes(1)) < 0 ? d : Duration.ofSeconds(d.toSeconds());
  }

  private static void draw(RetryPolicy policy, List<Attempt> attempts, Path file) {
    if (attempts.size() > MOST_DRAWN) {
      throw UsageError.of(
          "--svg", file.toString(), "more than " + MOST_DRAWN + " attempts make no picture");
    }
    try {
      Files.writeString(file, new ScheduleChart(policy, attempts).svg());
    } catch (IOException e) {
      throw new UncheckedIOException("--svg '" + file + "' cannot be written", e);
    }
  }
}
