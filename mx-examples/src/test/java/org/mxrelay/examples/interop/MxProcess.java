package org.mxrelay.examples.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.mxrelay.examples.cli.Mx;

/** The command line in a JVM of its own. */
final class MxProcess implements AutoCloseable {

  private final Process process;
  private final Path out;
  private final Path err;

  private MxProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static MxProcess start(Path folder, List<String> arguments) throws IOException {
    Path out = Files.createTempFile(folder, "mx", ".out");
    Path err = Files.createTempFile(folder, "mx", ".err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", classPath(), Mx.class.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    return new MxProcess(process, out, err);
  }

  /** Runs to the end and answers the lines of standard output. */
  static List<String> run(Path folder, int expectedExit, List<String> arguments)
      throws IOException, InterruptedException {
    try (MxProcess mx = start(folder, arguments)) {
      int exit = mx.await();
      if (exit != expectedExit) {
        throw new AssertionError(arguments + " ended with " + exit + "\n" + mx.said());
      }
      return mx.lines();
    }
  }

  /** Surefire starts the test's JVM with a jar that only names the real class path. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  int await() throws InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      throw new AssertionError("still running after 120 s");
    }
    return process.exitValue();
  }

  /** Waits for a line of standard output that has these words in it. */
  String awaitLine(String words) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end && process.isAlive()) {
      Optional<String> found = lines().stream().filter(l -> l.contains(words)).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    throw new AssertionError("no line with " + words + " in\n" + said());
  }

  /** SIGTERM, and how it ended. */
  int stop() throws InterruptedException {
    process.destroy();
    return await();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  List<String> lines() throws IOException {
    return Files.readAllLines(out);
  }

  String said() throws IOException {
    return Files.readString(out) + Files.readString(err);
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
