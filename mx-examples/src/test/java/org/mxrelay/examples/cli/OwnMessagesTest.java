package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Mailbox;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.smtp.Receipt;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.Outcome;
import org.mxrelay.smtp.queue.Outcome.End;
import org.mxrelay.smtp.queue.SubmissionId;

class OwnMessagesTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final SubmissionId OURS = new SubmissionId("ours");

  private final OwnMessages own = new OwnMessages(InstantSource.fixed(NOW));

  private void end(SubmissionId id, String recipient, End how) {
    Diagnostic said = Diagnostic.local(new EnhancedStatusCode(5, 0, 0), Category.OTHER, "said");
    own.ended(new Outcome(id, Mailbox.parse(recipient), how, said, 1, NOW));
  }

  @Test
  void recipientThatDidNotEnd_isStillQueued() {
    own.add(new Receipt(OURS, 2, NOW));
    end(OURS, "b@example.org", End.RELAYED);
    end(OURS, "b@example.org", End.RELAYED);

    assertEquals(ExitCodes.STILL_QUEUED, own.exit());
  }

  @Test
  void outcomeHeardBeforeItsReceiptOrWhileTheRelayCloses_counts() {
    end(OURS, "b@example.org", End.RELAYED);
    own.add(new Receipt(OURS, 2, NOW));
    end(OURS, "c@example.org", End.CANCELLED);

    assertEquals(ExitCodes.OK, own.exit());
  }

  @Test
  void failure_winsOverWhatIsQueued() {
    own.add(new Receipt(OURS, 2, NOW));
    end(OURS, "b@example.org", End.BOUNCED);

    assertEquals(ExitCodes.FAILED_MAIL, own.exit());
  }

  @Test
  void failureOfAnothersMessage_isNotOurs() {
    own.add(new Receipt(OURS, 1, NOW));
    end(new SubmissionId("report"), "a@example.org", End.EXPIRED);
    end(OURS, "b@example.org", End.RELAYED);

    assertEquals(ExitCodes.OK, own.exit());
  }
}
