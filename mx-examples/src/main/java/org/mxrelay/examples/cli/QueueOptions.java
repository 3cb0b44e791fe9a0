package org.mxrelay.examples.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where messages are kept. */
final class QueueOptions {

  @Option(
      names = "--queue",
      paramLabel = "URL",
      description =
          "memory:, sqlite:PATH, jdbc:postgresql:..., jdbc:mariadb:..., jdbc:h2:... (tests), or"
              + " NAME:KEY=VALUE,... for a queue that is on the path. Default: an SQLite file in the"
              + " user's data folder.")
  private @Nullable String queue;

  QueueUrl url() {
    return queue == null ? QueueUrl.ofUser(System.getenv()) : new QueueUrl(queue);
  }
}
