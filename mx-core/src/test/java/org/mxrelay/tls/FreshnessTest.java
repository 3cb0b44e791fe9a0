package org.mxrelay.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.tls.Freshness.Step;
import org.mxrelay.tls.StsPolicy.Mode;

class FreshnessTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  /**
   * Age in hours of what is known (- for nothing; max_age is 10 days but in the last rows), what
   * the DNS says, whether a fetch failed just now, and what to do.
   */
  @ParameterizedTest
  @CsvSource({
    "-,    same,    no,  FETCH",
    "-,    same,    yes, NONE",
    "-,    absent,  no,  NONE",
    "-,    unknown, no,  NONE",
    "1,    same,    no,  USE",
    "1,    other,   no,  REFRESH",
    "1,    other,   yes, USE",
    "1,    absent,  no,  USE",
    "1,    unknown, no,  USE",
    "24,   same,    no,  REFRESH",
    "24,   same,    yes, USE",
    "24,   unknown, no,  REFRESH",
    "24,   absent,  no,  USE",
    "239,  absent,  no,  USE",
    "239,  unknown, yes, USE",
    "240,  same,    no,  FETCH",
    "240,  same,    yes, NONE",
    "240,  absent,  no,  NONE",
    "240,  unknown, no,  NONE",
    // The clock was set back: it is still valid, and suspicious.
    "-5,   same,    no,  REFRESH",
    "-5,   same,    yes, USE"
  })
  void step_followsTheTable(String hours, String dns, String failed, Step expected) {
    Optional<StoredPolicy> known =
        hours.equals("-")
            ? Optional.empty()
            : Optional.of(stored(NOW.minus(Duration.ofHours(Long.parseLong(hours))), 10));
    Optional<Instant> retryAt =
        failed.equals("yes") ? Optional.of(NOW.plusSeconds(1)) : Optional.empty();
    assertEquals(expected, new Freshness(known, retryAt).step(record(dns), NOW));
  }

  @ParameterizedTest
  @CsvSource({"1439, USE", "1440, REFRESH"})
  void shortPolicy_isRefreshedAtHalfOfItsLife(long minutes, Step expected) {
    StoredPolicy two = stored(NOW.minus(Duration.ofMinutes(minutes)), 2);
    assertEquals(
        expected, new Freshness(Optional.of(two), Optional.empty()).step(record("same"), NOW));
  }

  @ParameterizedTest
  @CsvSource({"0, USE", "149, USE", "150, REFRESH", "299, REFRESH", "300, FETCH"})
  void policyWithoutAnyAge_holdsForFiveMinutes(long seconds, Step expected) {
    StoredPolicy none = stored(NOW.minusSeconds(seconds), 0);
    assertEquals(
        expected, new Freshness(Optional.of(none), Optional.empty()).step(record("same"), NOW));
  }

  private static StoredPolicy stored(Instant at, int days) {
    return new StoredPolicy(
        new StsPolicy(Mode.ENFORCE, List.of("mx.example.org"), Duration.ofDays(days)), "1", at);
  }

  private static StsRecord record(String dns) {
    return switch (dns) {
      case "same" -> new StsRecord.Present("1");
      case "other" -> new StsRecord.Present("2");
      case "absent" -> new StsRecord.Absent("no TXT record");
      default -> new StsRecord.Unknown("SERVFAIL");
    };
  }
}
