package org.mxrelay.examples.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.mxrelay.examples.outage.Cell;
import org.mxrelay.examples.outage.Delays;

/** A cell of the outage simulation as a record. */
final class OutageLine {

  private OutageLine() {}

  static JsonObject of(Cell cell) {
    return new JsonLine()
        .put("outage", cell.outage())
        .put("setup", cell.setup().word())
        .put("outages", cell.outages())
        .put("wanted", wanted(cell.wanted()))
        .put("spam", spam(cell.spam()))
        .put("delay", delays(cell.delays()))
        .put("afterReturn", delays(cell.afterReturn()))
        .put("senders", senders(cell))
        .done();
  }

  private static JsonObject wanted(Cell.Wanted wanted) {
    return new JsonLine()
        .put("sentInOutages", wanted.sent())
        .put("lost", wanted.lost())
        .put("silentlyLate", wanted.silent())
        .put("duplicateShare", wanted.duplicateShare())
        .done();
  }

  private static JsonObject spam(Cell.Spam spam) {
    return new JsonLine()
        .put("passedShare", spam.passedShare())
        .put("backscatterShare", spam.backscatterShare())
        .done();
  }

  private static JsonObject delays(Delays delays) {
    return new JsonLine()
        .put("count", delays.count())
        .put("p50", delays.quantile(0.5))
        .put("p90", delays.quantile(0.9))
        .put("p95", delays.quantile(0.95))
        .put("p99", delays.quantile(0.99))
        .put("max", delays.quantile(1))
        .done();
  }

  private static JsonArray senders(Cell cell) {
    JsonArray all = new JsonArray();
    cell.senders().stream()
        .map(
            s ->
                new JsonLine()
                    .put("sender", s.sender())
                    .put("sentInOutages", s.sent())
                    .put("lost", s.lost())
                    .done())
        .forEach(all::add);
    return all;
  }
}
