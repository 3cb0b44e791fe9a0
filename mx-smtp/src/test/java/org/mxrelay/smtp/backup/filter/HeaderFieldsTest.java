package org.mxrelay.smtp.backup.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderFieldsTest {

  @ParameterizedTest
  @CsvSource({
    "'A: 1\r\nB: 2\r\n\r\nbody\r\n',            A=1|B=2,     'body\r\n'",
    "'A: 1\nB: 2\n\nbody',                      A=1|B=2,     'body'",
    "'A: 1\r\n\tand 2\r\n 3\r\n\r\nx',          'A=1\n\tand 2\n 3', 'x'",
    "'A:1\r\nno field\r\nB: 2\r\n',             A=1,         'no field\r\nB: 2\r\n'",
    "'A : 1\r\n\r\n',                           A=1,         ''",
    "'\r\nbody: no field\r\n',                  '',          'body: no field\r\n'",
    "'A: 1',                                    A=1,         ''",
    "'A:\r\n\r\n',                              A=,          ''",
    "'',                                        '',          ''",
    "': x\r\n',                                 '',          ': x\r\n'",
  })
  void message_isFieldsAndBody(String message, String fields, String body) throws IOException {
    InputStream in = new ByteArrayInputStream(message.getBytes(UTF_8));
    HeaderFields header = new HeaderFields(in);
    List<String> found = new ArrayList<>();
    for (Optional<HeaderFields.Field> f = header.next(); f.isPresent(); f = header.next()) {
      found.add(f.get().name() + "=" + f.get().value());
    }
    assertEquals(fields, String.join("|", found));
    assertEquals(body, new String(header.ahead(), UTF_8) + new String(in.readAllBytes(), UTF_8));
  }

  @Test
  void endlessField_isCut() throws IOException {
    String message = "A: 1\r\n" + (" " + "x".repeat(900) + "\r\n").repeat(200) + "B: 2\r\n\r\n";
    HeaderFields header = new HeaderFields(new ByteArrayInputStream(message.getBytes(UTF_8)));
    assertTrue(header.next().orElseThrow().value().length() < 65_000);
    assertEquals("B", header.next().orElseThrow().name());
  }
}
