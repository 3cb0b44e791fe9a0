package org.mxrelay.smtp.client;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxrelay.smtp.client.MatrixTable.Cell;

/**
 * Every fault at every stage of every kind of session; {@code target/stage-fault.html} shows it.
 */
@Tag("ci")
class StageFaultMatrixTest {

  private static MatrixRun run;

  @BeforeAll
  static void begin() throws Exception {
    run = MatrixRun.of(MatrixTable.cells());
  }

  @AfterAll
  static void end() throws Exception {
    run.close("stage-fault.html");
  }

  static Stream<Cell> cells() {
    return run.cells();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void fault_comesToWhatTheTableSays(Cell cell) throws Exception {
    run.check(cell);
  }
}
