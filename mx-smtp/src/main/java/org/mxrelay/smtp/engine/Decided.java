package org.mxrelay.smtp.engine;

import java.util.Optional;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.retry.Decision;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Diagnostic;
import org.mxrelay.smtp.queue.OpenRecipient;
import org.mxrelay.smtp.queue.Outcome.End;

/**
 * What to do next for a recipient, and why.
 *
 * <p>Immutable.
 *
 * @param open the recipient as the attempt found it
 * @param heard what the attempt heard; empty if it was broken off before
 * @param decision what to do
 */
record Decided(OpenRecipient open, Optional<Heard> heard, Decision decision) {

  private static final Diagnostic NOTHING =
      Diagnostic.local(new EnhancedStatusCode(4, 0, 0), Category.OTHER, "not yet attempted");

  Recipient recipient() {
    return open.recipient();
  }

  /** What is known of the recipient now. */
  Diagnostic diagnostic() {
    return heard.map(Heard::diagnostic).or(open::last).orElse(NOTHING);
  }

  /** How the recipient ends, if it does. */
  Optional<End> end() {
    if (decision instanceof Decision.Complete) {
      return Optional.of(End.RELAYED);
    } else if (decision instanceof Decision.Bounce) {
      return Optional.of(End.BOUNCED);
    } else if (decision instanceof Decision.Expire) {
      return Optional.of(End.EXPIRED);
    }
    return Optional.empty();
  }

  /** The recipient as it goes on. */
  OpenRecipient stillOpen() {
    return new OpenRecipient(recipient(), heard.map(Heard::diagnostic).or(open::last));
  }
}
