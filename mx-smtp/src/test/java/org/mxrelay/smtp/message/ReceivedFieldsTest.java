package org.mxrelay.smtp.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivedFieldsTest {

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "0, Subject: Received: x",
    "1, Received: by x",
    "2, Received: by x|RECEIVED: by y",
    "1, Received: by x|\tReceived: folded",
    "1, Received: by x||Received: in the body",
    "0, Received-SPF: pass",
    "0, X-Received: by x",
    "0, |Received: in the body",
    "0, Receive|d: by x",
  })
  void fieldsOfTheHeader_areCounted(int count, String lines) throws IOException {
    assertEquals(count, count(lines.replace("|", "\r\n"), 100));
    assertEquals(count, count(lines.replace("|", "\n") + "\n", 100));
  }

  @Test
  void enough_endsTheReading() throws IOException {
    assertEquals(100, count("Received: by x\r\n".repeat(100_000), 100));
  }

  @Test
  void bodyWithoutEnd_isNotRead() throws IOException {
    assertEquals(0, count("x".repeat(2 << 20) + "\r\nReceived: by x\r\n", 100));
  }

  private static int count(String text, int enough) throws IOException {
    return ReceivedFields.count(
        MessageSource.of(text.getBytes(StandardCharsets.ISO_8859_1)), enough);
  }
}
