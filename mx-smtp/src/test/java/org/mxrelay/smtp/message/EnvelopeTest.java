package org.mxrelay.smtp.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.address.Mailbox;
import org.mxrelay.address.ReversePath;

class EnvelopeTest {

  @Test
  void recipientsThatRecur_areFolded() {
    Envelope envelope =
        Envelope.from("a@example.org").to("b@example.org", "c@example.org", "b@example.org");
    assertEquals(
        List.of("b@example.org", "c@example.org"),
        envelope.recipients().stream().map(Recipient::toString).toList());
  }

  @Test
  void noRecipient_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Envelope.from("a@example.org").to());
  }

  @Test
  void emptyReversePath_isTheNullOne() {
    assertSame(ReversePath.NULL, Envelope.from("").to("b@example.org").reversePath());
    assertSame(ReversePath.NULL, Envelope.from("<>").to("b@example.org").reversePath());
  }

  @Test
  void invalidAddress_isNamed() {
    InvalidAddressException e =
        assertThrows(
            InvalidAddressException.class,
            () -> Envelope.from("a@example.org").to("b@example.org", "not-an-address"));
    assertTrue(e.getMessage().contains("not-an-address"), e.getMessage());
  }

  @Test
  void neverBesideOthers_isRefused() {
    Mailbox mailbox = Mailbox.parse("b@example.org");
    assertThrows(
        IllegalArgumentException.class,
        () -> new Recipient(mailbox, Set.of(Notify.NEVER, Notify.FAILURE), Optional.empty()));
  }

  @Test
  void failureReports_areWantedUnlessSaidOtherwise() {
    Recipient recipient = Recipient.of("b@example.org");
    assertTrue(recipient.wantsFailureReport());
    assertFalse(recipient.notifying(Set.of(Notify.NEVER)).wantsFailureReport());
    assertFalse(recipient.notifying(Set.of(Notify.SUCCESS)).wantsFailureReport());
    assertTrue(recipient.notifying(Set.of(Notify.FAILURE)).wantsFailureReport());
  }

  @Test
  void controlCharactersInOptions_areRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> EnvelopeOptions.NONE.withEnvid("a\r\nRCPT TO:<x>"));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Recipient(
                Mailbox.parse("b@example.org"), Set.of(), Optional.of("rfc822;b\u0000@x")));
  }
}
