package org.mxrelay.reply;

/** The enhanced status code that says a category where the server said none (RFC 3463). */
final class StatusCodes {

  private StatusCodes() {}

  /** In class 5; the verdict gives the class. */
  static EnhancedStatusCode usual(Category category) {
    return switch (category) {
      case RECIPIENT_UNKNOWN -> code(1, 1);
      case RECIPIENT_DISABLED -> code(2, 1);
      case MAILBOX_FULL -> code(2, 2);
      case DOMAIN_INVALID -> code(1, 2);
      case NETWORK -> code(4, 0);
      case SENDER_REJECTED -> code(1, 8);
      // RFC 7372, 3.3 and 3.4
      case SENDER_AUTH -> code(7, 26);
      case REVERSE_DNS -> code(7, 25);
      case AUTH_OR_TLS, POLICY -> code(7, 0);
      case RELAY_DENIED, IP_BLOCKED, SPAM_CONTENT, VIRUS, GREYLISTED -> code(7, 1);
      case RATE_LIMITED -> code(4, 5);
      case MESSAGE_TOO_LARGE -> code(3, 4);
      case MESSAGE_FORMAT -> code(6, 0);
      case PROTOCOL_ERROR -> code(5, 0);
      case SERVER_ERROR -> code(3, 0);
      case OTHER -> code(0, 0);
    };
  }

  private static EnhancedStatusCode code(int subject, int detail) {
    return new EnhancedStatusCode(5, subject, detail);
  }
}
