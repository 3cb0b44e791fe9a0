package org.mxrelay.smtp.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderLinesTest {

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "a: b, a: b",
    "a: b|c: d|, a: b/c: d",
    "a: b|| c: d, a: b",
    "|a: b, ''",
    "a: b| c|, a: b/ c",
    "a\\r: b\\r\\r|c, a: b/c",
    "a|\\r|b, a",
  })
  void lines_endWithTheHeader(String header, String lines) throws IOException {
    String text = header.replace("\\r", "\r");
    assertEquals(lines, String.join("/", lines(in(text.replace('|', '\n')))));
    assertEquals(lines, String.join("/", lines(in(text.replace("|", "\r\n")))));
  }

  @Test
  void longLine_isCutShort() throws IOException {
    assertEquals(List.of("x".repeat(80), "y"), lines(in("x".repeat(5_000) + "\ny\n")));
  }

  @Test
  void headerWithoutEnd_isNotReadToItsEnd() throws IOException {
    InputStream in = in("x: y\n".repeat(1 << 20));
    lines(in);
    assertEquals(4 << 20, in.available());
  }

  @Test
  void names_areFoundInAnyCase() throws IOException {
    HeaderLines lines = new HeaderLines(in("ReCeived: x\n y\nRec\n"));
    lines.next();
    assertEquals(true, lines.startsWith("received:"));
    assertEquals(false, lines.startsWith("receivex:"));
    assertEquals(false, lines.isFolded());
    lines.next();
    assertEquals(true, lines.isFolded());
    lines.next();
    assertEquals(false, lines.startsWith("received:"));
  }

  /** By another way: octet by octet, whatever pieces the stream gives. */
  @Test
  void lines_areThoseOfTheText() throws IOException {
    long seed = Long.getLong("mx.seed", 20261127L);
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      readsAsTheTextIs(random, "seed " + seed + ", text " + i);
    }
  }

  private static void readsAsTheTextIs(Random random, String which) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(400); n > 0; n--) {
      text.append("abc: \t\r\n".charAt(random.nextInt(8)));
    }
    List<String> expected = new ArrayList<>();
    for (String line : text.toString().replace("\r", "").split("\n", -1)) {
      if (line.isEmpty()) {
        break;
      }
      expected.add(line.substring(0, Math.min(80, line.length())));
    }
    assertEquals(expected, lines(pieces(text.toString(), random)), which);
  }

  private static InputStream pieces(String text, Random random) {
    InputStream whole = in(text);
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return whole.read();
      }

      @Override
      public int read(byte[] b, int off, int len) throws IOException {
        return whole.read(b, off, Math.min(len, 1 + random.nextInt(20)));
      }
    };
  }

  private static List<String> lines(InputStream in) throws IOException {
    HeaderLines header = new HeaderLines(in);
    List<String> lines = new ArrayList<>();
    while (header.next()) {
      lines.add(header.text());
    }
    return lines;
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
