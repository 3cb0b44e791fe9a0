package org.mxrelay.smtp.backup;

import java.util.OptionalLong;
import org.mxrelay.address.ReversePath;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.MessageFacts.Content;

/**
 * What a client said with MAIL (RFC 5321, 4.1.1.2).
 *
 * <p>Immutable.
 *
 * @param reversePath who is told of failures
 * @param options RET, ENVID, REQUIRETLS and SMTPUTF8, where they were given
 * @param size what SIZE announced (RFC 1870), if it did
 * @param body {@code EIGHT_BIT} where BODY=8BITMIME was given (RFC 6152)
 */
public record MailCommand(
    ReversePath reversePath, EnvelopeOptions options, OptionalLong size, Content body) {

  /**
   * @throws IllegalArgumentException if the size is negative
   */
  public MailCommand {
    if (size.isPresent() && size.getAsLong() < 0) {
      throw new IllegalArgumentException("SIZE=" + size.getAsLong());
    }
  }

  /** MAIL without any parameter. */
  public static MailCommand of(ReversePath reversePath) {
    return new MailCommand(
        reversePath, EnvelopeOptions.NONE, OptionalLong.empty(), Content.SEVEN_BIT);
  }
}
