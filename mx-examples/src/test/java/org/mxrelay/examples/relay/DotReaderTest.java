package org.mxrelay.examples.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotReaderTest {

  @ParameterizedTest
  @CsvSource({
    "'a\r\n.\r\nNEXT',              'a\r\n'",
    "'.\r\nNEXT',                   ''",
    "'..\r\n.\r\nNEXT',             '.\r\n'",
    "'a\r\n..b\r\n...\r\n.\r\nNEXT','a\r\n.b\r\n..\r\n'",
    "'a\r\n.b\r\n.\r\nNEXT',        'a\r\nb\r\n'",
    "'a.\r\n.\r\nNEXT',             'a.\r\n'",
    // What others take for an end is content here.
    "'a\n.\nb\r\n.\r\nNEXT',        'a\n.\nb\r\n'",
    "'a\n.\r\nb\r\n.\r\nNEXT',      'a\n.\r\nb\r\n'",
    "'a\r.\rb\r\n.\r\nNEXT',        'a\r.\rb\r\n'",
    "'a\r\n.\nb\r\n.\r\nNEXT',      'a\r\n\nb\r\n'",
    "'a\r\n.\rb\r\n.\r\nNEXT',      'a\r\n\rb\r\n'",
    "'a\r\n.\r.\r\n.\r\nNEXT',      'a\r\n\r.\r\n'",
    "'a\r\n.\r\r\n.\r\nNEXT',       'a\r\n\r\r\n'",
  })
  void message_endsWithItsDotAndNoOctetLater(String wire, String message) throws IOException {
    InputStream in = new ByteArrayInputStream(wire.getBytes(ISO_8859_1));
    assertEquals(message, new String(new DotReader(in).readAllBytes(), ISO_8859_1));
    assertEquals("NEXT", new String(in.readAllBytes(), ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a\r\n", "a\r\n.", "a\r\n.\r", "a\n.\n", "a\r\n.\r.\r\n"})
  void clientLeaves_isNoMessage(String wire) {
    InputStream in = new ByteArrayInputStream(wire.getBytes(ISO_8859_1));
    assertThrows(EOFException.class, () -> new DotReader(in).readAllBytes());
  }
}
