package org.mxrelay.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A gateway in a thread of this process; an interrupt is what a signal comes to. */
final class RunningRelay implements AutoCloseable {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicInteger exit = new AtomicInteger(-1);
  private final Thread thread;

  private RunningRelay(String... arguments) {
    this.thread =
        new Thread(
            () ->
                exit.set(
                    Mx.run(
                        new Streams(
                            InputStream.nullInputStream(),
                            new PrintStream(out, true, UTF_8),
                            new PrintStream(err, true, UTF_8)),
                        arguments)));
  }

  static RunningRelay start(String... arguments) {
    RunningRelay running = new RunningRelay(arguments);
    running.thread.start();
    return running;
  }

  InetSocketAddress address() {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (count("listening") == 0 && thread.isAlive() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    String address =
        out.toString(UTF_8)
            .lines()
            .filter(line -> line.contains("\"listening\""))
            .map(line -> Output.GSON.fromJson(line, JsonObject.class))
            .map(line -> line.get("address").getAsString())
            .findFirst()
            .orElseThrow(() -> new AssertionError(said()));
    return new InetSocketAddress("127.0.0.1", Integer.parseInt(address.split(":")[1]));
  }

  int end() throws InterruptedException {
    thread.interrupt();
    thread.join(40_000);
    return exit.get();
  }

  long count(String event) {
    return out.toString(UTF_8)
        .lines()
        .filter(line -> line.startsWith("{\"event\":\"" + event + "\""))
        .count();
  }

  String said() {
    return out.toString(UTF_8) + err.toString(UTF_8);
  }

  @Override
  public void close() {
    try {
      end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
