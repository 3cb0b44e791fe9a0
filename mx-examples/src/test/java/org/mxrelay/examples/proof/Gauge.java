package org.mxrelay.examples.proof;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Writes down what a process holds: {@code gauge DESCRIPTORS THREADS HEAP}, the heap in octets
 * after a collection.
 */
final class Gauge {

  private final Journal journal;
  private final int seconds;

  Gauge(Orders orders) {
    Path file = orders.folder().resolve("gauge-" + orders.text("life", ""));
    this.journal = Journal.written(file);
    this.seconds = orders.number("gauge", 0);
  }

  void start() {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "gauge");
              thread.setDaemon(true);
              return thread;
            });
    timer.scheduleAtFixedRate(this::read, seconds, seconds, TimeUnit.SECONDS);
  }

  private void read() {
    System.gc();
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    journal.add("gauge " + descriptors() + " " + threads + " " + heap);
  }

  private static int descriptors() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }
}
