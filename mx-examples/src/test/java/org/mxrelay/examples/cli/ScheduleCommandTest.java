package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScheduleCommandTest {

  private static List<JsonObject> schedule(String... more) {
    String[] args = new String[more.length + 2];
    args[0] = "schedule";
    args[1] = "--json";
    System.arraycopy(more, 0, args, 2, more.length);
    Shell.Ran ran = Shell.run(args);
    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    return ran.json();
  }

  private static Duration at(JsonObject line) {
    return Duration.parse(line.get("at").getAsString());
  }

  @Test
  void list_isFollowedAndItsLastEntryRepeats() {
    List<JsonObject> lines = schedule("--retry", "1m,5m*2,1h", "--expire", "4h");

    assertEquals("{\"attempt\":1,\"after\":\"PT0S\",\"at\":\"PT0S\"}", lines.get(0).toString());
    assertEquals("{\"attempt\":2,\"after\":\"PT1M\",\"at\":\"PT1M\"}", lines.get(1).toString());
    assertEquals("{\"attempt\":4,\"after\":\"PT5M\",\"at\":\"PT11M\"}", lines.get(3).toString());
    assertEquals(Duration.ofMinutes(71), at(lines.get(4)));
    assertEquals(Duration.ofHours(4), at(lines.get(lines.size() - 1)));
  }

  @Test
  void seed_makesItRepeatable() {
    assertEquals(schedule("--seed", "7"), schedule("--seed", "7"));
    assertNotEquals(schedule("--seed", "7"), schedule("--seed", "8"));
  }

  @Test
  void standardSchedule_endsAtExpiry() {
    List<JsonObject> lines = schedule("--seed", "1");

    assertEquals(Duration.ofDays(5), at(lines.get(lines.size() - 1)));
    Duration first = Duration.parse(lines.get(1).get("after").getAsString());
    assertTrue(first.toSeconds() >= 240 && first.toSeconds() <= 360, first::toString);
  }

  @Test
  void text_isAligned() {
    Shell.Ran ran = Shell.run("schedule", "--retry", "1m,2h", "--expire", "5h");

    assertEquals("   1  at once", ran.lines().get(0));
    assertEquals("   2  after 1 min          at 1 min", ran.lines().get(1));
    assertEquals("   3  after 2 h            at 2 h 1 min", ran.lines().get(2));
  }

  @Test
  void svg_isDrawnBeside(@TempDir Path folder) throws IOException {
    Path svg = folder.resolve("s.svg");

    List<JsonObject> lines = schedule("--svg", svg.toString(), "--seed", "1");

    assertTrue(lines.size() > 20);
    assertTrue(Files.readString(svg).startsWith("<svg "));
  }

  @Test
  void pictureOfTooMany_isRefused(@TempDir Path folder) {
    Shell.Ran ran =
        Shell.run("schedule", "--retry", "1s", "--svg", folder.resolve("s.svg").toString());

    assertEquals(ExitCodes.USAGE, ran.exit(), ran::toString);
  }
}
