package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.smtp.client.CommandWriter.LineForm;

class CommandWriterTest {

  private final CommandWriter writer = new CommandWriter();

  /** V7: no line end and no NUL, in whatever form. */
  @ParameterizedTest
  @EnumSource(LineForm.class)
  void v7_controlCharacters_areRefusedAndNothingIsAdded(LineForm form) {
    IntStream.concat(IntStream.range(0, 0x20), IntStream.of(0x7f, 0x85, 0x2028, 0x2029, 0xd800))
        .forEach(
            c ->
                assertThrows(
                    IllegalArgumentException.class,
                    () -> writer.add("MAIL FROM:<a" + Character.toString(c) + "@b>", form)));
    assertEquals(0, writer.length());
  }

  /** V7: CVE-2025-7962, the code points whose low octet is CR, LF or NUL. */
  @Test
  void v7_codePointsWithALowOctetOfLineEnds_areRefusedOrWrittenAsUtf8() {
    for (int high = 1; high < 0x100; high++) {
      for (int low : new int[] {0x00, 0x0a, 0x0d}) {
        String c = Character.toString(high << 8 | low);
        assertThrows(IllegalArgumentException.class, () -> writer.add(c, LineForm.ASCII));
        if (Character.isSurrogate(c.charAt(0))) {
          continue;
        }
        writer.clear();
        writer.add(c, LineForm.UTF8);
        String written = new String(writer.bytes(), 0, writer.length(), StandardCharsets.UTF_8);
        assertEquals(c + "\r\n", written);
      }
    }
  }

  @Test
  void manyCommands_areOneWrite() {
    String line = "RCPT TO:<" + "x".repeat(60) + "@y.example>";
    for (int i = 0; i < 50; i++) {
      writer.add(line, LineForm.ASCII);
    }
    assertEquals(50 * (line.length() + 2), writer.length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x@x> SIZE=1 <y", "a b@x", "a<@x", "\"a@x"})
  void v7_pathThatWouldEndEarly_isRefused(String mailbox) {
    assertThrows(IllegalArgumentException.class, () -> CommandText.rcpt(mailbox, List.of()));
  }

  @Test
  void v7_parameterWithASpace_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> CommandText.mail("a@x", List.of("ENVID=a B=c")));
  }

  @Test
  void quotedLocalPart_isWrittenAsItIs() {
    assertEquals(
        "RCPT TO:<\"a> \\\" <b\"@x.example> NOTIFY=NEVER",
        CommandText.rcpt("\"a> \\\" <b\"@x.example", List.of("NOTIFY=NEVER")));
  }
}
