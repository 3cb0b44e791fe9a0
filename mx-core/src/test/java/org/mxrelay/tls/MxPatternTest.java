package org.mxrelay.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MxPatternTest {

  /** RFC 8461, 4.1. */
  @ParameterizedTest
  @CsvSource({
    "mail.example.com,   mail.example.com,     true",
    "MAIL.Example.com,   mail.example.COM,     true",
    "mail.example.com,   xmail.example.com,    false",
    "mail.example.com,   a.mail.example.com,   false",
    "mail.example.com,   example.com,          false",
    "*.example.com,      mail.example.com,     true",
    "*.Example.com,      MAIL.example.com,     true",
    "*.example.com,      example.com,          false",
    "*.example.com,      a.b.example.com,      false",
    "*.example.com,      .example.com,         false",
    "*.example.com,      mailexample.com,      false",
    "*.example.com,      mail.example.com.evil.net, false",
    "*.b.example.com,    a.b.example.com,      true",
    "*.com,              example.com,          true",
    "example.org,        example.org,          true",
    "*.xn--bcher-kva.example, mx.xn--bcher-kva.example, true"
  })
  void pattern_matchesExactlyOneLabel(String pattern, String exchange, boolean matches) {
    StsPolicy policy = new StsPolicy(StsPolicy.Mode.ENFORCE, List.of(pattern), Duration.ofDays(1));
    assertEquals(matches, policy.matches(exchange));
  }
}
