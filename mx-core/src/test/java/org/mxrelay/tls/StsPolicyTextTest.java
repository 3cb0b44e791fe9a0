package org.mxrelay.tls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.tls.StsPolicy.Mode;

class StsPolicyTextTest {

  private static final String WHOLE =
      "version: STSv1\nmode: enforce\nmx: mx1.example.org\nmax_age: 86400\n";

  private static PolicyAnswer read(String text) {
    return StsPolicyText.read(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static StsPolicy good(String text) {
    return assertInstanceOf(PolicyAnswer.Policy.class, read(text), () -> text + read(text))
        .policy();
  }

  private static String bad(String text) {
    return assertInstanceOf(PolicyAnswer.Unusable.class, read(text), text).why();
  }

  @Test
  void exampleOfTheRfc_isRead() {
    StsPolicy policy =
        good(
            "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.example.net\r\n"
                + "mx: backupmx.example.com\r\nmax_age: 604800\r\n");
    assertEquals(Mode.ENFORCE, policy.mode());
    assertEquals(List.of("mail.example.com", "*.example.net", "backupmx.example.com"), policy.mx());
    assertEquals(Duration.ofDays(7), policy.maxAge());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max_age: 86400\nmx: mx1.example.org\nmode: enforce\nversion: STSv1",
        "version:STSv1\nmode:enforce\nmx:mx1.example.org\nmax_age:86400\n",
        "version: \t STSv1 \nmode: enforce\t\nmx:   mx1.example.org \t\r\nmax_age: 86400\n\n \n",
        "version: STSv1\nmode: enforce\nmode: none\nmx: MX1.Example.ORG\nmax_age: 86400\nmax_age: 1\n",
        "version: STSv1\nfuture-key_1.x: any\u00e9 value: at all\nmode: enforce\n"
            + "mx: mx1.example.org\nmax_age: 86400\n"
      })
  void otherSpellings_meanTheSame(String text) {
    assertEquals(good(WHOLE), good(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          version: STSv1   | ''                  | no version
          version: STSv1   | version: STSv2      | version is not
          version: STSv1   | version: stsv1      | version is not
          version: STSv1   | Version: STSv1      | no version
          version: STSv1   | version : STSv1     | not key: value
          version: STSv1   | \uFEFFversion: STSv1| not key: value
          version: STSv1   | version STSv1       | not key: value
          mode: enforce    | ''                  | no mode
          mode: enforce    | mode: Enforce       | mode is not
          mode: enforce    | mode:               | mode is not
          mx: mx1.example.org | ''               | no mx
          mx: mx1.example.org | mx:              | mx is no pattern
          mx: mx1.example.org | mx: *            | mx is no pattern
          mx: mx1.example.org | mx: *.           | mx is no pattern
          mx: mx1.example.org | mx: mx*.example.org   | mx is no pattern
          mx: mx1.example.org | mx: a.*.example.org   | mx is no pattern
          mx: mx1.example.org | mx: *.*.example.org   | mx is no pattern
          mx: mx1.example.org | mx: mx1.example.org.  | mx is no pattern
          mx: mx1.example.org | mx: .example.org      | mx is no pattern
          mx: mx1.example.org | mx: 192.0.2.1         | mx is no pattern
          mx: mx1.example.org | mx: a b               | mx is no pattern
          max_age: 86400   | ''                  | no max_age
          max_age: 86400   | max_age: 31557601   | max_age is not
          max_age: 86400   | max_age: -1         | max_age is no
          max_age: 86400   | max_age: +1         | max_age is no
          max_age: 86400   | max_age: 1d         | max_age is no
          max_age: 86400   | max_age: 12345678901| max_age is no
          max_age: 86400   | max_age: ٣          | max_age is no
          """)
  void badPolicy_isRefusedWithItsReason(String line, String instead, String why) {
    String text = WHOLE.replace(line, instead);
    assertTrue(bad(text).contains(why), () -> bad(text));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "31557600, 31557600"})
  void ageAtItsLimits_isTaken(String written, long seconds) {
    assertEquals(Duration.ofSeconds(seconds), good(WHOLE.replace("86400", written)).maxAge());
  }

  @Test
  void loneCarriageReturn_endsNoLine() {
    assertTrue(bad(WHOLE.replace("enforce\n", "enforce\r")).contains("not key: value"));
  }

  @Test
  void modeNone_needsNoMx() {
    assertEquals(Mode.NONE, good("version: STSv1\nmode: none\nmax_age: 86400\n").mode());
  }

  @Test
  void policyOf64KiB_isTakenAndOneOctetMoreIsNot() {
    String padding = "x: " + "y".repeat(StsPolicyText.MOST - WHOLE.length() - 4) + "\n";
    assertEquals(good(WHOLE), good(WHOLE + padding));
    assertTrue(bad(WHOLE + padding + "\n").contains("65536"));
  }

  @Test
  void whatIsWritten_isReadAgain() {
    StsPolicy policy =
        new StsPolicy(Mode.TESTING, List.of("*.example.org", "a.example"), Duration.ofDays(3));
    assertEquals(policy, good(StsPolicyText.write(policy)));
  }

  /** Octets of chance, mixed with pieces of a policy, are a policy or not, and nothing else. */
  @Test
  void garbage_neverThrows() {
    long seed = Long.getLong("mx.seed", 8461);
    SplittableRandom random = new SplittableRandom(seed);
    String[] pieces = {
      "version", ": ", "STSv1", "\n", "\r\n", "mode", "enforce", "mx", "*.", "a.b", "max_age", "9",
      "\u0000", "\u00ff", ":", " ", "-", "."
    };
    for (int i = 0; i < 3_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? WHOLE : "");
      for (int n = random.nextInt(12); n > 0; n--) {
        int at = random.nextInt(text.length() + 1);
        text.insert(at, pieces[random.nextInt(pieces.length)]);
      }
      String made = text.toString();
      assertDoesNotThrow(() -> read(made), () -> "seed " + seed + ": " + made);
    }
  }
}
