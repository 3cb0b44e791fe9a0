package org.mxrelay.smtp.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mxrelay.smtp.testkit.QueueMail.NOON;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Notify;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.QueueAdmin;
import org.mxrelay.smtp.queue.QueueException;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.testkit.ManualClock;

/**
 * What a queue promises of adding.
 *
 * @param <Q> the queue
 */
public interface QueueAddContract<Q extends DeliveryQueue & QueueAdmin> extends QueueFixture<Q> {

  @Test
  default void recipients_areSplitByDestination() {
    try (Q queue = open(ManualClock.at(NOON))) {
      queue.add(
          List.of(QueueMail.submission("one", NOON, "a@x.example", "b@y.example", "c@x.example")));
      List<List<String>> open =
          queue.claim(QueueMail.everything(NOON)).stream()
              .map(l -> QueueMail.open(l.delivery()))
              .toList();
      assertEquals(
          Set.of(List.of("a@x.example", "c@x.example"), List.of("b@y.example")), Set.copyOf(open));
    }
  }

  @Test
  default void whateverAnEnvelopeHolds_comesBack() {
    try (Q queue = open(ManualClock.at(NOON))) {
      Submission submission = rich();
      queue.add(List.of(submission));
      Delivery delivery = queue.claim(QueueMail.everything(NOON)).get(0).delivery();
      assertEquals(submission.envelope(), delivery.envelope());
      assertEquals(submission.facts(), delivery.facts());
      assertEquals(submission.queuedAt(), delivery.queuedAt());
      assertEquals(submission.due(), delivery.due());
      assertEquals(0, delivery.attempts());
      assertEquals(Optional.empty(), delivery.uncertain());
      assertEquals(Optional.empty(), delivery.delayNoticed());
    }
  }

  private static Submission rich() {
    EnvelopeOptions options =
        EnvelopeOptions.NONE
            .withRet(EnvelopeOptions.Ret.HDRS)
            .withEnvid("QQ;314, 159 = u\\")
            .withTls(EnvelopeOptions.SenderTls.REQUIRED)
            .withUtf8(EnvelopeOptions.HeaderForm.UTF8);
    Recipient wishes =
        Recipient.of("jörg@x.example")
            .notifying(Set.of(Notify.SUCCESS, Notify.DELAY, Notify.FAILURE));
    Recipient original =
        new Recipient(
            Mailbox.parse("\"a b,c\\\\\"@x.example"),
            Set.of(Notify.NEVER),
            Optional.of("rfc822;old|name,;x@elsewhere.example"));
    Envelope envelope =
        new Envelope(
            Mailbox.parse("bounces+7@shop.example"),
            List.of(wishes, original, Recipient.of("plain@x.example")),
            options);
    return QueueMail.submission("rich", NOON, envelope, new byte[] {(byte) 0xc3, (byte) 0xbc});
  }

  @Test
  default void nullReversePathAndAddressLiteral_comeBack() {
    try (Q queue = open(ManualClock.at(NOON))) {
      Envelope envelope = Envelope.from("<>").to("a@[192.0.2.1]", "b@[IPv6:2001:db8::1]");
      queue.add(List.of(QueueMail.submission("s", NOON, envelope, new byte[0])));
      List<Lease> leases = queue.claim(QueueMail.everything(NOON));
      assertEquals(2, leases.size());
      for (Lease lease : leases) {
        assertEquals(envelope.reversePath(), lease.delivery().reversePath());
        assertEquals(
            lease.delivery().open().get(0).mailbox().destination(), lease.delivery().destination());
      }
    }
  }

  @Test
  default void sameIdAgain_changesNothing() {
    try (Q queue = open(ManualClock.at(NOON))) {
      Submission first = QueueMail.submission("same", NOON, "a@x.example");
      Submission second = QueueMail.submission("same", NOON, "b@y.example");
      queue.add(List.of(first, second));
      queue.add(List.of(second));
      List<Lease> leases = queue.claim(QueueMail.everything(NOON));
      assertEquals(List.of("same"), QueueMail.ids(leases));
      assertEquals(List.of("a@x.example"), QueueMail.open(leases.get(0).delivery()));
    }
  }

  @Test
  default void sameIdAfterItEnded_changesNothing() {
    try (Q queue = open(ManualClock.at(NOON))) {
      Submission once = QueueMail.submission("same", NOON, "a@x.example");
      queue.add(List.of(once));
      queue.settle(
          List.of(QueueMail.relayed(queue.claim(QueueMail.everything(NOON)).get(0), NOON)));
      queue.add(List.of(once));
      assertEquals(List.of(), queue.claim(QueueMail.everything(NOON)));
      assertEquals(1, queue.outcomes(0, 10).size());
    }
  }

  @Test
  default void unreadableMessage_storesNothing() {
    try (Q queue = open(ManualClock.at(NOON))) {
      Submission good = QueueMail.submission("good", NOON, "a@x.example");
      Submission sample = QueueMail.submission("bad", NOON, "b@y.example");
      MessageSource broken =
          () -> {
            throw new IOException("planted");
          };
      Submission bad =
          new Submission(sample.id(), sample.envelope(), broken, sample.facts(), NOON, NOON);
      assertThrows(UncheckedIOException.class, () -> queue.add(List.of(good, bad)));
      assertEquals(Optional.empty(), queue.status(good.id()));
      assertEquals(Optional.empty(), queue.status(bad.id()));
      assertEquals(0, queue.stats().pending());
      queue.add(List.of(sample));
      assertEquals(1, queue.stats().pending());
    }
  }

  @Test
  default void message_isTheSameBytesAsOftenAsAsked() {
    byte[] large = new byte[1_500_000];
    new Random(7).nextBytes(large);
    try (Q queue = open(ManualClock.at(NOON))) {
      for (byte[] message : List.of(new byte[0], "x".getBytes(), large)) {
        String id = "of-" + message.length;
        Envelope envelope = Envelope.from("a@shop.example").to("a@x.example", "b@y.example");
        queue.add(List.of(QueueMail.submission(id, NOON, envelope, message)));
        MessageSource stored = queue.message(new SubmissionId(id));
        assertArrayEquals(message, QueueMail.bytes(stored));
        assertArrayEquals(message, QueueMail.bytes(stored));
      }
    }
  }

  @Test
  default void message_isKeptUntilItsLastDeliveryEnded() {
    try (Q queue = open(ManualClock.at(NOON))) {
      Submission two = QueueMail.submission("two", NOON, "a@x.example", "b@y.example");
      queue.add(List.of(two));
      List<Lease> leases = new ArrayList<>(queue.claim(QueueMail.everything(NOON)));
      queue.settle(List.of(QueueMail.relayed(leases.get(0), NOON)));
      assertTrue(QueueMail.bytes(queue.message(two.id())).length > 0);
      queue.settle(List.of(QueueMail.relayed(leases.get(1), NOON)));
      assertThrows(QueueException.class, () -> queue.message(two.id()));
    }
  }

  @Test
  default void message_ofUnknownSubmission_fails() {
    try (Q queue = open(ManualClock.at(NOON))) {
      assertThrows(QueueException.class, () -> queue.message(new SubmissionId("nobody")));
      assertFalse(queue.status(new SubmissionId("nobody")).isPresent());
    }
  }
}
