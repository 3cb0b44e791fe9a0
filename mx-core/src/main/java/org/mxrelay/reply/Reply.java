package org.mxrelay.reply;

import java.util.List;
import java.util.Optional;

/**
 * A server's answer to a command (RFC 5321, 4.2).
 *
 * <p>Immutable. Its texts come from strangers: {@link #printable} is the form for logs, stores and
 * reports.
 *
 * @param code 200 to 599
 * @param status the enhanced status code at the start of the text, only where its class is the
 *     code's (RFC 2034, 4)
 * @param lines the texts of the lines, without code and separator; at least one, perhaps empty
 */
public record Reply(int code, Optional<EnhancedStatusCode> status, List<String> lines) {

  /**
   * @throws IllegalArgumentException if the code is out of range, the status is of another class
   *     than the code, there is no line, or a line holds CR or LF
   */
  public Reply {
    if (code < 200 || code > 599) {
      throw new IllegalArgumentException("reply code: " + code);
    }
    if (status.isPresent() && status.get().severity() != code / 100) {
      throw new IllegalArgumentException("status " + status.get() + " of a reply " + code);
    }
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("a reply without lines");
    }
    for (String line : lines) {
      if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
        throw new IllegalArgumentException("lines of a reply: " + lines);
      }
    }
  }

  /**
   * A reply of one or more lines of text, whose enhanced status code is read from the first.
   *
   * @param code 200 to 599
   * @param lines the texts; line ends inside them begin another line, and the reply code at the
   *     start of one is left out
   */
  public static Reply of(int code, String... lines) {
    return ReplyText.reply(code, ReplyText.split(code, List.of(lines)));
  }

  /**
   * A reply whose enhanced status code is kept apart from its text, as stores and reports do it.
   * One of another class than the code's is no status of the reply (RFC 2034, 4): it stays in the
   * text, where it may still explain.
   *
   * @param code 200 to 599
   * @param status what the server gave, of whatever class
   * @param text the text without it; line ends inside begin another line
   */
  public static Reply of(int code, EnhancedStatusCode status, String text) {
    return of(code, (status + " " + text).strip());
  }

  /**
   * The texts of all lines, a space between them. What recurs on each line, the code and the
   * enhanced status code of the first, is left out of the others.
   */
  public String text() {
    return ReplyText.joined(this);
  }

  /** 2yz: done as asked. */
  public boolean isPositive() {
    return code / 100 == 2;
  }

  /** 3yz: go on. */
  public boolean isIntermediate() {
    return code / 100 == 3;
  }

  /** 4yz: not now. */
  public boolean isTransient() {
    return code / 100 == 4;
  }

  /** 5yz: not so. */
  public boolean isPermanent() {
    return code / 100 == 5;
  }

  /**
   * One line of at most 1,000 characters, fit for a log, a store and a report: {@code 550 5.1.1 no
   * such user}. Control characters, direction overrides, zero-width characters, lone surrogates and
   * their kin are shown by number ({@code [U+202E]}); HTML is not escaped.
   */
  public String printable() {
    return Printable.of((code + " " + text()).strip());
  }

  @Override
  public String toString() {
    return printable();
  }
}
