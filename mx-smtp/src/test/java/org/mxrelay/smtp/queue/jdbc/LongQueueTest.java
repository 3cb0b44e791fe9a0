package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Queues and messages that are larger than the memory of the process that works with them. */
@Tag("ci")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
final class LongQueueTest {

  @TempDir Path directory;

  @Test
  void aMillionQueued_workWith128Megabytes() throws Exception {
    List<String> told = run("-Xmx128m", LongQueue.class, "1000000");
    assertTrue(told.get(told.size() - 1).startsWith("done"), told.toString());
    // What it costs in steps, ClaimCostTest says; a walk through the queue would cost far more.
    assertTrue(number(told, "claim cpu ms") < 100, told.toString());
    assertTrue(number(told, "settle cpu ms") < 100, told.toString());
  }

  @Test
  void messageOf200Megabytes_worksWith40Megabytes() throws Exception {
    List<String> told = run("-Xmx40m", LongMessage.class, "200");
    assertEquals("done", told.get(told.size() - 1), told.toString());
    try (var left = Files.list(directory)) {
      assertTrue(left.findAny().isPresent());
    }
  }

  private static double number(List<String> told, String name) {
    return told.stream()
        .filter(line -> line.startsWith(name + ' '))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " in " + told));
  }

  private List<String> run(String heap, Class<?> program, String argument) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                directory.resolve("mail.db").toString(),
                argument)
            .redirectErrorStream(true)
            .start();
    List<String> told = new ArrayList<>();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        told.add(line);
      }
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      assertEquals(0, process.exitValue(), told.toString());
    } finally {
      process.destroyForcibly();
    }
    told.forEach(System.out::println);
    return told;
  }
}
