package org.mxrelay.smtp.message;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mxrelay.address.Mailbox;
import org.mxrelay.address.ReversePath;

/**
 * Who sends, and to whom (RFC 5321, 2.3.1).
 *
 * <p>Immutable.
 *
 * @param reversePath who is told of failures, or nobody
 * @param recipients at least one, each mailbox once
 * @param options what MAIL may ask for beside them
 */
public record Envelope(
    ReversePath reversePath, List<Recipient> recipients, EnvelopeOptions options) {

  /**
   * Recipients that recur are folded into one.
   *
   * @throws IllegalArgumentException if there is no recipient
   */
  public Envelope {
    recipients = recipients.size() == 1 ? List.copyOf(recipients) : folded(recipients);
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("an envelope without a recipient");
    }
  }

  private static List<Recipient> folded(List<Recipient> all) {
    Map<Mailbox, Recipient> once = new LinkedHashMap<>();
    all.forEach(r -> once.putIfAbsent(r.mailbox(), r));
    return List.copyOf(once.values());
  }

  /**
   * Starts an envelope.
   *
   * @param reversePath a mailbox; empty or {@code <>} for the null reverse-path
   * @throws org.mxrelay.address.InvalidAddressException if it is neither
   */
  public static From from(String reversePath) {
    return new From(ReversePath.parse(reversePath));
  }

  /** Starts an envelope. */
  public static From from(ReversePath reversePath) {
    return new From(reversePath);
  }

  /** The same envelope with other recipients. */
  public Envelope to(List<Recipient> others) {
    return new Envelope(reversePath, others, options);
  }

  /** The same envelope with other options. */
  public Envelope with(EnvelopeOptions others) {
    return new Envelope(reversePath, recipients, others);
  }

  /** An envelope that lacks its recipients. Immutable. */
  public record From(ReversePath reversePath) {

    /**
     * @throws org.mxrelay.address.InvalidAddressException if one is not an address
     * @throws IllegalArgumentException if there is none
     */
    public Envelope to(String... recipients) {
      return to(Arrays.stream(recipients).map(Recipient::of).toList());
    }

    /**
     * @throws IllegalArgumentException if there is none
     */
    public Envelope to(List<Recipient> recipients) {
      return new Envelope(reversePath, recipients, EnvelopeOptions.NONE);
    }
  }
}
