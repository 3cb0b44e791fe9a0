package org.mxrelay.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.InMemoryQueue;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.testkit.ManualClock;

class SubmissionFactoryTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Envelope ENVELOPE =
      Envelope.from("bob@shop.example").to("ann@example.org", "joe@example.net");
  private static final MessageSource MESSAGE =
      MessageSource.of("Subject: x\r\n\r\nx\n".getBytes(StandardCharsets.US_ASCII));

  private final SubmissionFactory factory =
      new SubmissionFactory(ManualClock.at(NOW), new SplittableRandom(3));

  @Test
  void submission_isDueAtOnceWithItsFacts() {
    Submission submission = factory.create(ENVELOPE, MESSAGE);

    assertEquals(NOW, submission.queuedAt());
    assertEquals(NOW, submission.due());
    assertEquals(16, submission.facts().size());
    assertEquals(17, submission.facts().wireSize());
  }

  @ParameterizedTest
  @CsvSource({"-9, 0", "-1, 0", "0, 0", "1, 1", "9, 9"})
  void priority_isAHeadStart(int priority, int hours) {
    Envelope envelope =
        ENVELOPE.with(org.mxrelay.smtp.message.EnvelopeOptions.NONE.withPriority(priority));

    Submission submission = factory.create(envelope, MESSAGE);

    assertEquals(NOW, submission.queuedAt());
    assertEquals(NOW.minusSeconds(3600L * hours), submission.due());
  }

  @Test
  void submissions_haveIdsOfTheirOwn() {
    assertNotEquals(factory.create(ENVELOPE, MESSAGE).id(), factory.create(ENVELOPE, MESSAGE).id());
  }

  @Test
  void queueOfAnotherProgram_takesThem() {
    InMemoryQueue queue = InMemoryQueue.create(ManualClock.at(NOW));

    queue.add(List.of(factory.create(ENVELOPE, MESSAGE)));

    assertEquals(2, queue.stats().due());
  }

  @Test
  void unreadableMessage_isNamed() {
    MessageSource unreadable =
        () -> {
          throw new IOException("gone");
        };

    UncheckedIOException e =
        assertThrows(UncheckedIOException.class, () -> factory.create(ENVELOPE, unreadable));
    assertEquals("gone", e.getCause().getMessage());
  }
}
