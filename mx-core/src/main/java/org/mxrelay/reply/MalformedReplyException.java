package org.mxrelay.reply;

import java.io.IOException;

/**
 * What came is no reply (RFC 5321, 4.2), or more than a reply may be. The session is of no further
 * use: what stands behind such bytes cannot be told.
 *
 * <p>Its message quotes nothing of what the server sent, so it is safe to log.
 */
public final class MalformedReplyException extends IOException {

  private static final long serialVersionUID = 1L;

  private final Fault fault;

  MalformedReplyException(Fault fault, int line) {
    super("malformed reply, line " + line + ": " + fault.description());
    this.fault = fault;
  }

  /** What is wrong with it. */
  public Fault fault() {
    return fault;
  }

  /** What may be wrong with a reply. */
  public enum Fault {
    /** The line does not begin with three digits from 200 to 599. */
    CODE("no reply code from 200 to 599"),
    /** Behind the code stands neither a space nor a hyphen nor the end of the line. */
    SEPARATOR("neither space nor hyphen behind the reply code"),
    /** A line of another code than the lines before it (RFC 5321, 4.2.1). */
    CODE_CHANGED("another reply code than on the lines before"),
    /** A line longer than {@link ReplyLines#MAX_LINE}. */
    LINE_TOO_LONG("longer than " + ReplyLines.MAX_LINE + " octets"),
    /** More than {@link ReplyLines#MAX_LINES}. */
    TOO_MANY_LINES("more than " + ReplyLines.MAX_LINES + " lines"),
    /** More than {@link ReplyLines#MAX_OCTETS} in all. */
    TOO_LARGE("more than " + ReplyLines.MAX_OCTETS + " octets in all"),
    /** A NUL, or a line feed inside what was given as one line. */
    FORBIDDEN_CHARACTER("NUL or line feed inside");

    private final String description;

    Fault(String description) {
      this.description = description;
    }

    String description() {
      return description;
    }
  }
}
