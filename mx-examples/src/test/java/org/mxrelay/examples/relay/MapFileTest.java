package org.mxrelay.examples.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.backup.RecipientMap.Knowledge;

class MapFileTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "ann@example.org,  EXISTS",
    "Ann@example.org,  EXISTS",
    "zoe@example.org,  MISSING",
    "any@all.example,  EXISTS",
    "ann@all.example.org, MISSING",
  })
  void mailbox_knowledge(String mailbox, Knowledge expected) throws IOException {
    MapFile map = MapFile.open(write("# people\nann@example.org # boss\n\n@All.example\n"));
    assertEquals(expected, map.lookup(Mailbox.parse(mailbox)));
  }

  @Test
  void changedFile_isReadAgain() throws IOException {
    Path file = write("ann@example.org\n");
    MapFile map = MapFile.open(file);
    write("zoe@example.org\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    assertEquals(Knowledge.EXISTS, map.lookup(Mailbox.parse("zoe@example.org")));
    assertEquals(Knowledge.MISSING, map.lookup(Mailbox.parse("ann@example.org")));
  }

  @Test
  void fileThatBecameWrong_changesNothing() throws IOException {
    Path file = write("ann@example.org\n");
    MapFile map = MapFile.open(file);
    write("nonsense\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    assertEquals(Knowledge.EXISTS, map.lookup(Mailbox.parse("ann@example.org")));
    Files.delete(file);
    assertEquals(Knowledge.EXISTS, map.lookup(Mailbox.parse("ann@example.org")));
  }

  @Test
  void wrongFromTheStart_isSaid() throws IOException {
    Path file = write("nonsense\n");
    assertThrows(IOException.class, () -> MapFile.open(file));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("map"), text);
  }
}
