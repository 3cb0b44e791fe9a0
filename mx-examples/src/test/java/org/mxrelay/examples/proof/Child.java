package org.mxrelay.examples.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A main class in a JVM of its own, which ends when its standard input does. */
final class Child implements AutoCloseable {

  private final Process process;
  private final Path said;

  private Child(Process process, Path said) {
    this.process = process;
    this.said = said;
  }

  static Child start(Path folder, Class<?> main, List<String> arguments) {
    return start(folder, List.of(), main, arguments);
  }

  /**
   * @param tracer a command that runs another one
   */
  static Child start(Path folder, List<String> tracer, Class<?> main, List<String> arguments) {
    try {
      Path said = Files.createTempFile(folder, "said", ".txt");
      List<String> command = new ArrayList<>(tracer);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
      command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
      command.addAll(List.of("-cp", classPath(), main.getName()));
      command.addAll(arguments);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      return new Child(process, said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Surefire starts the test's JVM with a jar that only names the real class path. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** In the child: whoever started it is gone, or wants it to end. */
  static void untilStdinEnds() throws IOException {
    while (System.in.read() >= 0) {
      // nothing is meant by what comes
    }
  }

  /** Looks again and again, and is patient on a busy machine. */
  static void await(String what, Duration atMost, BooleanSupplier condition) {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + atMost + ": " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(3).toNanos());
    }
  }

  /** What it said on a line behind this word, once it is there. */
  String awaitWord(String before) {
    Pattern line = Pattern.compile("^" + before + " (.*)\n", Pattern.MULTILINE);
    await(before, Duration.ofMinutes(2), () -> line.matcher(said()).find() || !isAlive());
    Matcher found = line.matcher(said());
    if (!found.find()) {
      throw new AssertionError("never said " + before + ": " + said());
    }
    return found.group(1);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    awaitEnd(Duration.ofMinutes(1));
  }

  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks it to end. */
  void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It has ended already.
    }
  }

  /** The exit code: 137 after a kill. */
  int awaitEnd(Duration atMost) {
    try {
      if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("runs on after " + atMost + ": " + said());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  String said() {
    try {
      return Files.readString(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
