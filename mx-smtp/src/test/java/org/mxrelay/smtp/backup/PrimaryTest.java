package org.mxrelay.smtp.backup;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;

/** When a primary is looked for. */
class PrimaryTest {

  private static final Instant START = BackupRig.START;

  private final Primary primary = new Primary("mx1", Domain.of("example.org"), START);

  private void findDown(Instant at) {
    assertTrue(primary.beginProbe(at));
    primary.failed("nobody is there", at);
    primary.probed();
  }

  @Test
  void probeThatFailed_isFollowedByOneAfterAWhile() {
    findDown(START);

    assertFalse(primary.beginProbe(START.plusSeconds(4)));
    assertTrue(primary.beginProbe(START.plusSeconds(5)));
  }

  @Test
  void announcement_isAReasonToLookAtOnce() {
    findDown(START);

    primary.suspect(START.plusSeconds(1));

    findDown(START.plusSeconds(1));
    assertFalse(primary.beginProbe(START.plusSeconds(2)));
  }

  @Test
  void announcementDuringAProbe_isNotForgottenForWhatThatOneFound() {
    assertTrue(primary.beginProbe(START));
    primary.suspect(START.plusSeconds(20));
    primary.failed("it timed out", START.plus(Duration.ofSeconds(30)));
    primary.probed();

    findDown(START.plusSeconds(30));
    assertFalse(primary.beginProbe(START.plusSeconds(31)));
  }

  @Test
  void probeUnderWay_isTheOnlyOne() {
    assertTrue(primary.beginProbe(START));

    assertFalse(primary.beginProbe(START.plusSeconds(90)));
  }
}
