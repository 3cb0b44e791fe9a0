package org.mxrelay.smtp.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;
import org.mxrelay.smtp.backup.Line.Identity;

class XclientAdviceTest {

  private final XclientAdvice advice = new XclientAdvice();
  private final Primary one = primary("mx1.example.org");

  private static Primary primary(String name) {
    return new Primary(name, Domain.of("example.org"), Instant.EPOCH);
  }

  @Test
  void primaryThatDoesNotHearOfClients_isNamedOnce() {
    String text = advice.on(one, Identity.NOT_OFFERED).orElseThrow();

    assertTrue(text.startsWith("primary mx1.example.org does not offer us XCLIENT"), text);
    assertEquals(Optional.empty(), advice.on(one, Identity.NOT_OFFERED));
    assertEquals(Optional.empty(), advice.on(one, Identity.REFUSED));
  }

  @Test
  void anotherPrimary_isNamedToo() {
    advice.on(one, Identity.NOT_OFFERED);

    String text = advice.on(primary("mx9.example.net"), Identity.REFUSED).orElseThrow();

    assertTrue(text.startsWith("primary mx9.example.net refuses our XCLIENT"), text);
  }

  @Test
  void primaryThatListens_isNotNamed() {
    assertEquals(Optional.empty(), advice.on(one, Identity.TOLD));
    assertEquals(Optional.empty(), advice.on(one, Identity.NOT_ASKED));
  }
}
