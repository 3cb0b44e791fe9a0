package org.mxrelay.examples.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.mxrelay.smtp.backup.BackupEvent;
import org.mxrelay.smtp.backup.BackupListener;

/** Prints what happens to a backup, as it happens. Safe for use by several threads. */
final class BackupPrinter implements BackupListener {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  /** What stands in front, or says nothing that people ask for. */
  private static final Set<String> NOT_TOLD = Set.of("event", "at", "since", "helo");

  private final Output out;

  BackupPrinter(Output out) {
    this.out = out;
  }

  @Override
  public void primaryChanged(BackupEvent.PrimaryChanged event) {
    print(BackupLine.of(event));
  }

  @Override
  public void raised(BackupEvent.Raised event) {
    print(BackupLine.of(event));
  }

  @Override
  public void cleared(BackupEvent.Cleared event) {
    print(BackupLine.of(event));
  }

  @Override
  public void refused(BackupEvent.Refused event) {
    print(BackupLine.of(event));
  }

  @Override
  public void cutThroughTaken(BackupEvent.CutThroughTaken event) {
    print(BackupLine.of(event));
  }

  @Override
  public void queued(BackupEvent.Queued event) {
    print(BackupLine.of(event));
  }

  @Override
  public void repeated(BackupEvent.Repeated event) {
    print(BackupLine.of(event));
  }

  private void print(JsonObject line) {
    out.print(line, BackupPrinter::text);
  }

  private static String text(JsonObject line) {
    return String.format(
        "%s  %-10s  %s",
        CLOCK.format(Instant.parse(line.get("at").getAsString())),
        line.get("event").getAsString().replace('_', ' '),
        line.entrySet().stream()
            .filter(field -> !NOT_TOLD.contains(field.getKey()))
            .map(Map.Entry::getValue)
            .map(JsonElement::getAsString)
            .filter(value -> !value.isEmpty())
            .collect(Collectors.joining("  ")));
  }
}
