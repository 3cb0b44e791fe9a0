package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mxrelay.smtp.client.MatrixTable.Cell;

/**
 * Every fault at every stage of a session, as {@code stage-fault.txt} has it, each in one kind of
 * session in turn. All kinds are in {@link StageFaultMatrixTest}.
 */
class StageFaultTest {

  private static MatrixRun run;

  @BeforeAll
  static void begin() throws Exception {
    Map<String, List<Cell>> alike =
        MatrixTable.cells().stream()
            .collect(Collectors.groupingBy(c -> c.fault() + " " + c.place()));
    run = MatrixRun.of(MatrixTable.cells().stream().filter(c -> isItsTurn(c, alike)).toList());
  }

  private static boolean isItsTurn(Cell cell, Map<String, List<Cell>> alike) {
    List<Cell> all = alike.get(cell.fault() + " " + cell.place());
    int turn = cell.fault().ordinal() + cell.place().ordinal();
    return all.get(turn % all.size()).equals(cell);
  }

  @AfterAll
  static void end() throws Exception {
    run.close("stage-fault-quick.html");
  }

  static Stream<Cell> cells() {
    return run.cells();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void fault_comesToWhatTheTableSays(Cell cell) throws Exception {
    run.check(cell);
  }

  @Test
  void table_hasEveryFaultAtEveryPlace() throws Exception {
    assertEquals(
        List.of(Fault.values()), MatrixTable.cells().stream().map(Cell::fault).distinct().toList());
    assertEquals(
        Stream.of(Place.values()).collect(Collectors.toSet()),
        MatrixTable.cells().stream().map(Cell::place).collect(Collectors.toSet()));
  }
}
