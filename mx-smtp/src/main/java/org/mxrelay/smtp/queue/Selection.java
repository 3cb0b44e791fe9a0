package org.mxrelay.smtp.queue;

import org.mxrelay.address.Destination;
import org.mxrelay.address.Mailbox;

/**
 * Which deliveries are meant.
 *
 * <p>Immutable. A further case would be a breaking change.
 */
public sealed interface Selection {

  /** Whether a delivery is meant. */
  boolean matches(Delivery delivery);

  /** All of them. */
  record All() implements Selection {
    @Override
    public boolean matches(Delivery delivery) {
      return true;
    }
  }

  /** Those of one message. */
  record OfSubmission(SubmissionId id) implements Selection {
    @Override
    public boolean matches(Delivery delivery) {
      return delivery.submission().equals(id);
    }
  }

  /** Those for one destination. */
  record To(Destination destination) implements Selection {
    @Override
    public boolean matches(Delivery delivery) {
      return delivery.destination().equals(destination);
    }
  }

  /** Those with one open recipient; only that recipient is cancelled. */
  record For(Mailbox recipient) implements Selection {
    @Override
    public boolean matches(Delivery delivery) {
      return delivery.open().stream().anyMatch(r -> r.mailbox().equals(recipient));
    }
  }
}
