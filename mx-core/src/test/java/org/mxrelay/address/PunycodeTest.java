package org.mxrelay.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.ibm.icu.text.StringPrepParseException;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.checks.Property;

class PunycodeTest {

  @ParameterizedTest
  @CsvSource({
    // RFC 3492, 7.1: Chinese, Hebrew, Japanese, Russian, Spanish, artist and song names.
    "\u4ed6\u4eec\u4e3a\u4ec0\u4e48\u4e0d\u8bf4\u4e2d\u6587, ihqwcrb4cv8a8dqg056pqjye",
    "\u4ed6\u5011\u7232\u4ec0\u9ebd\u4e0d\u8aaa\u4e2d\u6587, ihqwctvzc91f659drss3x8bo0yb",
    "3\u5e74b\u7d44\u91d1\u516b\u5148\u751f, 3b-ww4c5e180e575a65lsy2b",
    "\u5b89\u5ba4\u5948\u7f8e\u6075-with-super-monkeys, -with-super-monkeys-pc58ag80a8qai00g7n9n",
    "\u3072\u3068\u3064\u5c4b\u6839\u306e\u4e0b2, 2-u9tlzr9756bt3uc0v",
    "\u30d1\u30d5\u30a3\u30fcde\u30eb\u30f3\u30d0, de-jg4avhby1noc0d",
    "\u305d\u306e\u30b9\u30d4\u30fc\u30c9\u3067, d9juau41awczczp",
    "b\u00fccher, bcher-kva",
    "\u00fc, tda",
    "\ud83d\ude00, e28h",
  })
  void sample_isEncodedAndDecoded(String text, String encoded) {
    assertEquals(encoded, Punycode.encode(text));
    assertEquals(Optional.of(text), Punycode.decode(encoded));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9",
        "99999999999",
        "a-\u00fc",
        "a-A",
        "zzzzzzzzzzzzzzzzzz9999999999999999999",
        "kva_",
        "a-b.c"
      })
  void whatEncodesNothing_isNotDecoded(String encoded) {
    assertEquals(Optional.empty(), Punycode.decode(encoded));
  }

  @Test
  @Tag("property")
  void anyText_isReadBackAndWrittenAsIcuDoes() {
    Property.holds(
        5_000,
        random -> {
          StringBuilder text = new StringBuilder("a".repeat(random.nextInt(3)));
          for (int n = 1 + random.nextInt(12); n > 0; n--) {
            int c = random.nextInt(random.nextBoolean() ? 0x250 : Character.MAX_CODE_POINT);
            text.appendCodePoint(c >= 0xd800 && c < 0xe000 || c < 0x80 ? 'z' : c);
          }
          String encoded = Punycode.encode(text.toString());
          assertEquals(Optional.of(text.toString()), Punycode.decode(encoded));
          assertEquals(icu(text), encoded);
        });
  }

  @Test
  @Tag("property")
  void anyEncoding_isDecodedOrNotButNeverThrows() {
    Property.holds(
        10_000,
        random -> {
          StringBuilder encoded = new StringBuilder();
          for (int n = random.nextInt(60); n > 0; n--) {
            encoded.append("abcz09-".charAt(random.nextInt(7)));
          }
          Punycode.decode(encoded.toString());
        });
  }

  private static String icu(CharSequence text) {
    try {
      return com.ibm.icu.impl.Punycode.encode(text, null).toString();
    } catch (StringPrepParseException e) {
      throw new AssertionError(e);
    }
  }
}
