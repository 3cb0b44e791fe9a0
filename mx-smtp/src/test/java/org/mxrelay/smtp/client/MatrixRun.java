package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.client.CellRun.Report;
import org.mxrelay.smtp.client.MatrixTable.Cell;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.Refused;

/** Cells of the matrix, run side by side: most of them wait for a deadline most of the time. */
final class MatrixRun {

  private static final int SIDE_BY_SIDE = 16;

  private final ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
  private final Map<Cell, Future<Report>> reports = new LinkedHashMap<>();

  private MatrixRun() {}

  /** Begins with them. */
  static MatrixRun of(List<Cell> cells) {
    MatrixRun run = new MatrixRun();
    cells.forEach(c -> run.reports.put(c, run.threads.submit(() -> CellRun.of(c))));
    return run;
  }

  Stream<Cell> cells() {
    return reports.keySet().stream();
  }

  /** Waits for the cell, and asserts that it came to what the table says. */
  void check(Cell cell) throws Exception {
    Report report = reports.get(cell).get(100, TimeUnit.SECONDS);
    String what = cell + "\n" + report.result() + "\n" + String.join("\n", report.transcript());
    assertTrue(isExpected(report), "found " + report.found() + " in " + what);
    assertDetails(report, what);
    assertOthers(report, what);
    assertClosed(report, what);
  }

  /** Ends, and leaves a page of what was found in the build's output. */
  void close(String page) throws Exception {
    threads.shutdown();
    List<Report> all = new ArrayList<>();
    for (Future<Report> one : reports.values()) {
      all.add(one.get(100, TimeUnit.SECONDS));
    }
    MatrixPage.write(Path.of("target", page), all);
  }

  static boolean isExpected(Report report) {
    String expected = report.cell().expected();
    return switch (expected) {
      // Whatever the session is like, what was under TLS stays under TLS.
      case "relayed" ->
          report.found().equals(report.cell().variant().isTls() ? "relayed-tls" : "relayed");
      case "in-clear" -> report.found().equals("relayed");
      case "broken@soon" -> report.outcome().equals("broken") && isSoon(report);
      default -> report.found().equals(expected);
    };
  }

  /** At one of the next stages: at which one depends on what was sent in one write. */
  private static boolean isSoon(Report report) {
    Stage stage = Stage.valueOf(report.stage());
    return stage.compareTo(report.cell().place().stage()) >= 0
        && stage.compareTo(Stage.END_OF_DATA) < 0;
  }

  private static void assertDetails(Report report, String what) {
    Cell cell = report.cell();
    RecipientResult target = report.target();
    if (target instanceof Refused refused) {
      boolean ofEhlo = cell.place() == Place.HELO && cell.fault().code() / 100 < 4;
      assertEquals(ofEhlo ? 502 : cell.fault().code(), refused.reply().code(), what);
    } else if (target instanceof Broken broken) {
      assertTrue(broken.cause().matches("[ -~]+"), what);
    }
    boolean relayed = target instanceof Answered;
    switch (cell.place()) {
      case REUSE -> {
        assertTrue(report.first().startsWith("relayed"), what);
        assertEquals(relayed ? 2 : 1, report.taken(), what);
      }
      case RSET -> assertEquals("refused", report.first(), what);
      default -> assertTrue(!isKnown(report) || report.taken() == (isTaken(report) ? 1 : 0), what);
    }
  }

  /**
   * Whether a sender can know that the message was taken: not of an unsure one, and not of one
   * whose reply to the data is, as far as he can tell, the one too many to a command before it.
   */
  private static boolean isKnown(Report report) {
    Cell cell = report.cell();
    boolean isEarly = cell.fault() == Fault.TWICE && cell.place() == Place.CMAIL;
    return !isEarly && !report.outcome().equals("unsure");
  }

  private static boolean isTaken(Report report) {
    return report.results().values().stream().anyMatch(Answered.class::isInstance);
  }

  /** G8: who was refused before stays refused; the one after fares by himself. */
  private static void assertOthers(Report report, String what) {
    Cell cell = report.cell();
    if (cell.place() != Place.RCPT2) {
      return;
    }
    Map<String, RecipientResult> all = report.results();
    assertEquals(
        550, assertInstanceOf(Refused.class, all.get("no@y.example"), what).reply().code(), what);
    boolean alone = cell.fault() == Fault.REPLY451 || cell.fault() == Fault.REPLY554;
    assertEquals(
        alone ? Answered.class : report.target().getClass(),
        all.get("c@y.example").getClass(),
        what);
  }

  /** A session without an answer is closed at once, and none outlives its transport. */
  private static void assertClosed(Report report, String what) {
    if (report.target() instanceof Broken) {
      assertEquals(0, report.openAfter(), "open after the attempt: " + what);
    }
    assertTrue(report.openAfter() <= 1, "connections kept: " + what);
    assertEquals(0, report.openInTheEnd(), "open in the end: " + what);
  }
}
