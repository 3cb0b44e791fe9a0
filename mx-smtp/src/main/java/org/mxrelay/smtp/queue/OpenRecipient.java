package org.mxrelay.smtp.queue;

import java.util.Optional;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.message.Recipient;

/**
 * A recipient without a final outcome.
 *
 * <p>Immutable.
 *
 * @param recipient who
 * @param last what the last attempt heard, which is what a report says if the message expires
 */
public record OpenRecipient(Recipient recipient, Optional<Diagnostic> last) {

  /** A recipient of which nothing was heard yet. */
  public static OpenRecipient of(Recipient recipient) {
    return new OpenRecipient(recipient, Optional.empty());
  }

  /** Where its mail goes. */
  public Mailbox mailbox() {
    return recipient.mailbox();
  }
}
