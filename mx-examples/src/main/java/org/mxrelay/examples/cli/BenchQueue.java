package org.mxrelay.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mxrelay.examples.bench.RelayBench;
import org.mxrelay.smtp.queue.DeliveryQueue;

/** Where messages are kept while they are counted. */
final class BenchQueue {

  private BenchQueue() {}

  /**
   * Runs a round.
   *
   * @param url as given; without one, the round has a file of SQLite that ends with it
   * @param nodes that share the queue
   */
  static RelayBench.Result run(
      RelayBench bench, RelayBench.Order order, @Nullable String url, int nodes) throws Exception {
    if (url != null) {
      return bench.run(open(url, nodes), order);
    }
    Path folder = Files.createTempDirectory("mx-bench");
    try {
      return bench.run(open("sqlite:" + folder.resolve("queue.db"), nodes), order);
    } finally {
      delete(folder);
    }
  }

  private static List<DeliveryQueue> open(String url, int nodes) {
    List<DeliveryQueue> all = new ArrayList<>();
    try {
      for (int i = 0; i < nodes; i++) {
        all.add(new QueueUrl(url).open().queue());
      }
      return all;
    } catch (RuntimeException e) {
      all.forEach(DeliveryQueue::close);
      throw e;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
