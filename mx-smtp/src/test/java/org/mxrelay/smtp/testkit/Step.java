package org.mxrelay.smtp.testkit;

import java.util.Locale;

/** Where a session stands when a {@link Behaviour} is asked for. */
public enum Step {
  /** The connection was accepted; a greeting is due. */
  GREETING,
  EHLO,
  HELO,
  STARTTLS,
  /** STARTTLS was answered with 220; a handshake is due. */
  HANDSHAKE,
  MAIL,
  RCPT,
  DATA,
  /** The first bytes of the body have come; nothing is due. See {@code onBody}. */
  BODY,
  /** A chunk that is not the last has come. */
  BDAT,
  /**
   * The final dot or the last chunk has come. By LMTP once for each recipient, in order; the turn
   * has the address.
   */
  END_OF_DATA,
  RSET,
  NOOP,
  QUIT,
  /** Any other command. */
  OTHER;

  static Step of(String command) {
    String verb = command.strip().split(" ", 2)[0].toUpperCase(Locale.ROOT);
    return switch (verb) {
      case "EHLO", "HELO", "STARTTLS", "MAIL", "RCPT", "DATA", "BDAT", "RSET", "NOOP", "QUIT" ->
          valueOf(verb);
      default -> OTHER;
    };
  }
}
