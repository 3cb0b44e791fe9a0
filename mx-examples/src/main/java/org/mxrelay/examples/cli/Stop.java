package org.mxrelay.examples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets SIGTERM and SIGINT end a command in good order: its thread is interrupted, closes what it
 * holds, and the process exits with the code that it names instead of the signal's.
 */
final class Stop implements AutoCloseable {

  // The relay closes within 25 s by itself; the rest is for what comes after.
  private static final long PATIENCE_SECONDS = 40;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final AtomicInteger exit = new AtomicInteger(ExitCodes.OK);
  private final Thread hook;

  private Stop(Thread command) {
    this.hook = new Thread(() -> stop(command), "mx-stop");
  }

  /** From now on a signal interrupts the thread that calls this. */
  static Stop onSignal() {
    Stop stop = new Stop(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /** What the process says when it was stopped by a signal. */
  void exitWith(int code) {
    exit.set(code);
  }

  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The signal has come: the hook ends the process.
    }
  }

  private void stop(Thread command) {
    command.interrupt();
    try {
      if (finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.out.flush();
        // Only so does a process that was sent a signal exit with a code of its own.
        Runtime.getRuntime().halt(exit.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
