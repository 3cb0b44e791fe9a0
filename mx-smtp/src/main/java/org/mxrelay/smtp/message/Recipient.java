package org.mxrelay.smtp.message;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.address.Mailbox;

/**
 * A recipient of an envelope.
 *
 * <p>Immutable.
 *
 * @param mailbox to whom
 * @param notifyOn when the sender wants to hear of it (RFC 3461, 4.1); empty means the default:
 *     failure, and delay where the policy sends such notices
 * @param originalRecipient ORCPT as it was given, with its address type ({@code
 *     rfc822;ann@example.org}), decoded from xtext (RFC 3461, 4.2)
 */
public record Recipient(Mailbox mailbox, Set<Notify> notifyOn, Optional<String> originalRecipient) {

  /**
   * @throws IllegalArgumentException if NEVER does not stand alone, or the original recipient has
   *     characters that no report could carry
   */
  public Recipient {
    notifyOn = notifyOn.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(notifyOn));
    if (notifyOn.contains(Notify.NEVER) && notifyOn.size() > 1) {
      throw new IllegalArgumentException("NOTIFY=NEVER stands alone, not in " + notifyOn);
    }
    originalRecipient.ifPresent(o -> EnvelopeText.requirePrintable("original recipient", o, 500));
  }

  /** A recipient without any wishes. */
  public static Recipient of(Mailbox mailbox) {
    return new Recipient(mailbox, Set.of(), Optional.empty());
  }

  /**
   * A recipient without any wishes.
   *
   * @throws org.mxrelay.address.InvalidAddressException if it is not an address
   */
  public static Recipient of(String address) {
    return of(Mailbox.parse(address));
  }

  /** The same recipient with other wishes for reports. */
  public Recipient notifying(Set<Notify> on) {
    return new Recipient(mailbox, on, originalRecipient);
  }

  /** Whether its sender wants to hear of a failure. */
  public boolean wantsFailureReport() {
    return notifyOn.isEmpty() || notifyOn.contains(Notify.FAILURE);
  }

  /** Whether its sender wants to hear of a delay. */
  public boolean wantsDelayNotice() {
    return notifyOn.isEmpty() || notifyOn.contains(Notify.DELAY);
  }

  @Override
  public String toString() {
    return mailbox.toString();
  }
}
