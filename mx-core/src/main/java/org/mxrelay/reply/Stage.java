package org.mxrelay.reply;

/** Where in an SMTP session something was said, or broke. In the order of a session. */
public enum Stage {
  /** Before a byte came: the connection itself. */
  CONNECT("connect"),
  /** The greeting (RFC 5321, 3.1). */
  GREETING("connect"),
  /** EHLO or HELO. */
  EHLO("EHLO"),
  /** The reply to STARTTLS (RFC 3207). */
  STARTTLS("STARTTLS"),
  /** The TLS handshake itself. */
  TLS("STARTTLS"),
  /** AUTH (RFC 4954). */
  AUTH("AUTH"),
  /** MAIL. */
  MAIL("MAIL"),
  /** RCPT. */
  RCPT("RCPT"),
  /** The reply to DATA, 354 where all is well. */
  DATA("DATA"),
  /** The message's bytes, before the last one. */
  BODY("DATA"),
  /** The reply to the final dot or to the last BDAT chunk. */
  END_OF_DATA("end-of-data");

  private final String word;

  Stage(String word) {
    this.word = word;
  }

  /** The stage's word in records and on the command line. Some stages share one. */
  public String word() {
    return word;
  }

  /** Whether what is said here speaks of the exchange and of no message (RFC 5321, 3.1). */
  public boolean isBeforeMail() {
    return compareTo(MAIL) < 0;
  }
}
