package org.mxrelay.dns;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The threads that a client starts where it is given none. */
final class DnsThreads {

  /** Nothing that runs on them waits, so few will do. */
  private static final int COUNT = 2;

  private DnsThreads() {}

  static ScheduledExecutorService start() {
    ScheduledThreadPoolExecutor pool =
        new ScheduledThreadPoolExecutor(
            COUNT,
            task -> {
              Thread thread = new Thread(task, "mx-dns");
              thread.setDaemon(true);
              return thread;
            });
    pool.setRemoveOnCancelPolicy(true); // nearly every time limit is cancelled
    return pool;
  }
}
