package org.mxrelay.examples.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What some work cost.
 *
 * @param messages how many went out
 * @param wall how long that took
 * @param cpu the time that this process computed meanwhile, all of its threads
 */
public record Measured(long messages, Duration wall, Duration cpu) {

  /** Messages a second. */
  public double perSecond() {
    return messages / seconds(wall);
  }

  /** CPU seconds a thousand messages. */
  public double cpuPerThousand() {
    return 1000 * seconds(cpu) / messages;
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  /** Runs work and measures it. */
  static Measured of(long messages, Work work) throws Exception {
    long cpu = cpuNanos();
    long wall = System.nanoTime();
    work.run();
    Duration took = Duration.ofNanos(System.nanoTime() - wall);
    return new Measured(messages, took, Duration.ofNanos(cpuNanos() - cpu));
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** Something to be measured. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }
}
