package org.mxrelay.retry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.address.Destination;
import org.mxrelay.reply.Category;

class RetryByDestinationTest {

  private static final StandardRetryPolicy STANDARD = RetryPolicy.standard();
  private static final StandardRetryPolicy SHORT = STANDARD.withExpiry(Duration.ofHours(1));
  private static final StandardRetryPolicy LONG = STANDARD.withExpiry(Duration.ofDays(9));

  private static final RetryByDestination POLICY =
      RetryByDestination.of(STANDARD)
          .with("partner.example", SHORT)
          .with(".partner.example", LONG)
          .with("[192.0.2.1]", LONG);

  @ParameterizedTest
  @CsvSource({
    "partner.example, PT1H",
    "mail.partner.example, PT216H",
    "a.b.partner.example, PT216H",
    "[192.0.2.1], PT216H",
    "notpartner.example, PT120H",
    "[192.0.2.2], PT120H"
  })
  void destination_hasThePolicyOfItsPattern(String destination, Duration expiry) {
    assertEquals(expiry, POLICY.toward(Destination.parse(destination)).expiry());
  }

  @Test
  void ownExpiry_isTheShortestSinceNothingExpiresBefore() {
    assertEquals(Duration.ofHours(1), POLICY.expiry());
    assertEquals(STANDARD.expiry(), RetryByDestination.of(STANDARD).with("a.test", LONG).expiry());
  }

  @Test
  void ownDelayNotice_isTheShortestSinceNobodyIsToldBefore() {
    RetryPolicy none = STANDARD.withoutDelayNotice();
    RetryPolicy early = STANDARD.withDelayNotice(Duration.ofMinutes(30));
    assertEquals(STANDARD.delayNotice(), POLICY.delayNotice());
    assertEquals(
        Optional.of(Duration.ofMinutes(30)),
        RetryByDestination.of(none).with("a.test", early).with("b.test", STANDARD).delayNotice());
    assertEquals(Optional.empty(), RetryByDestination.of(none).with("a.test", none).delayNotice());
  }

  @Test
  void policyGivenUpEarly_isSoTowardEveryDestination() {
    RetryPolicy early =
        new GiveUpEarly(POLICY, Set.of(Category.MAILBOX_FULL), Duration.ofMinutes(5));
    RetryPolicy toward = early.toward(Destination.parse("partner.example"));
    assertEquals(SHORT.expiry(), toward.expiry());
    assertTrue(toward instanceof GiveUpEarly);
  }

  @Test
  void onePolicyForAll_isItsOwnTowardAnyDestination() {
    assertSame(STANDARD, STANDARD.toward(Destination.parse("example.org")));
  }

  @Test
  void patternGivenTwiceOrNone_isRefused() {
    IllegalArgumentException twice =
        assertThrows(IllegalArgumentException.class, () -> POLICY.with("PARTNER.example", SHORT));
    assertEquals("retry policy: PARTNER.example is given twice", twice.getMessage());
    assertThrows(IllegalArgumentException.class, () -> POLICY.with("not a domain", SHORT));
  }
}
