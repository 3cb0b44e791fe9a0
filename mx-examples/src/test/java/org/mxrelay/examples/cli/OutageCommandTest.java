package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutageCommandTest {

  @Test
  void json_hasALineForEachSetupAndLength(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("outage.html");

    Shell.Ran ran =
        Shell.run(
            "outage",
            "--json",
            "--messages",
            "200",
            "--outage",
            "1h,1d",
            "--html",
            page.toString());

    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    List<JsonObject> lines = ran.json();
    assertEquals(8, lines.size());
    assertEquals("PT1H", lines.get(0).get("outage").getAsString());
    assertEquals("none", lines.get(0).get("setup").getAsString());
    assertTrue(lines.get(4).getAsJsonObject("wanted").get("lost").getAsInt() > 0);
    String html = Files.readString(page);
    assertTrue(html.contains("mx outage --json --messages 200 --outage 1h,1d"), html);
  }

  @Test
  void text_answersTheQuestion() {
    Shell.Ran ran = Shell.run("outage", "--messages", "200", "--outage", "2d");

    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    assertTrue(ran.out().contains("Do you need a backup MX? Yes"), ran::toString);
  }

  @Test
  void unknownSender_isAUsageError() {
    Shell.Ran ran = Shell.run("outage", "--mix", "somebody=1");

    assertEquals(ExitCodes.USAGE, ran.exit(), ran::toString);
    assertTrue(ran.err().contains("exchange-online"), ran::toString);
  }
}
