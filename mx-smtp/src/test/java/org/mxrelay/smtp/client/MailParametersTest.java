package org.mxrelay.smtp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.client.CommandWriter.LineForm;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.Notify;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.RecipientResult.NextTransaction;

class MailParametersTest {

  private static final Capabilities ALL =
      Capabilities.of(
          Reply.of(250, "mx", "size 1000", "8BITMIME", "SMTPUTF8", "DSN", "REQUIRETLS"));
  private static final MessageFacts SEVEN = new MessageFacts(9, 10, MessageFacts.Content.SEVEN_BIT);
  private static final MessageFacts EIGHT = new MessageFacts(9, 10, MessageFacts.Content.EIGHT_BIT);
  private static final Envelope PLAIN = Envelope.from("a@x.example").to("b@y.example");

  @Test
  void plainMessage_saysItsSizeAlone() {
    assertEquals("SIZE=10", mail(PLAIN, SEVEN, ALL));
    assertEquals("", mail(PLAIN, EIGHT, Capabilities.NONE));
  }

  @Test
  void eightBitMessage_saysSo() {
    assertEquals("SIZE=10 BODY=8BITMIME", mail(PLAIN, EIGHT, ALL));
  }

  @Test
  void internationalisedAddress_asksForSmtpUtf8() {
    Envelope envelope = Envelope.from("a@x.example").to("\u00e4nn@y.example");
    assertEquals("SIZE=10 SMTPUTF8", mail(envelope, SEVEN, ALL));
  }

  @Test
  void optionsOfTheSender_areSaid() {
    EnvelopeOptions options =
        EnvelopeOptions.NONE
            .withRet(EnvelopeOptions.Ret.HDRS)
            .withEnvid("order 7+")
            .withTls(EnvelopeOptions.SenderTls.REQUIRED);
    assertEquals(
        "SIZE=10 REQUIRETLS RET=HDRS ENVID=order+207+2B", mail(PLAIN.with(options), SEVEN, ALL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rfc822;ann@example.org  | ASCII | rfc822;ann@example.org",
        "rfc822;a+b=c@d          | ASCII | rfc822;a+2Bb+3Dc@d",
        "rfc822;ann smith@d      | ASCII | rfc822;ann+20smith@d",
        "rfc822;\u00e4@d         | UTF8  | utf-8;\u00e4@d",
        "rfc822;\u00e4+@d        | ASCII | utf-8;\\x{E4}\\x{2B}@d",
        "ann@example.org         | ASCII | rfc822;ann@example.org",
      })
  void originalRecipient_isEncoded(String original, LineForm form, String encoded) {
    Recipient recipient =
        new Recipient(Mailbox.parse("b@y.example"), Set.of(), Optional.of(original));
    assertEquals("ORCPT=" + encoded, rcpt(recipient, form, ALL));
  }

  @Test
  void notify_isSaidOnlyWhereOffered() {
    Recipient recipient =
        Recipient.of("b@y.example").notifying(Set.of(Notify.DELAY, Notify.SUCCESS));
    assertEquals("NOTIFY=SUCCESS,DELAY", rcpt(recipient, LineForm.ASCII, ALL));
    assertEquals("", rcpt(recipient, LineForm.ASCII, Capabilities.NONE));
  }

  @Test
  void keywords_areReadInAnyCaseAndBoundsIgnoredThatMakeNoSense() {
    assertEquals(1000, ALL.sizeLimit().orElseThrow());
    assertEquals(
        Optional.empty(),
        Capabilities.of(Reply.of(250, "mx", "SIZE 0")).sizeLimit().stream().boxed().findAny());
    assertEquals(
        Set.of("X-OK"), Capabilities.of(Reply.of(250, "mx", "x-ok a b", "\u00e4", "")).keywords());
  }

  @ParameterizedTest
  @CsvSource({
    "452, 4.5.3 Too many, true", "452, Too many, true", "452, 4.2.2 Full, false",
    "452, 4.3.1 Disk full, false", "552, Too many, true", "552, 5.5.3 Too many, true",
    "552, 5.2.2 Full, false", "451, 4.5.3 Too many, true", "450, Busy, false",
    "550, 5.5.3 Too many, false", "550, Who?, false"
  })
  void tooManyRecipients_isTold(int code, String text, boolean tooMany) {
    assertEquals(tooMany, NextTransaction.isMeantBy(Reply.of(code, text)));
  }

  private static String mail(Envelope envelope, MessageFacts facts, Capabilities peer) {
    return String.join(" ", MailParameters.ofMail(envelope, facts, peer));
  }

  private static String rcpt(Recipient recipient, LineForm form, Capabilities peer) {
    return String.join(" ", MailParameters.ofRcpt(recipient, peer, form));
  }
}
