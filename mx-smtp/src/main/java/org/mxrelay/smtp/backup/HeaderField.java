package org.mxrelay.smtp.backup;

import java.util.regex.Pattern;

/**
 * A header field to be put before a message (RFC 5322, 2.2).
 *
 * <p>Immutable.
 *
 * @param name printable ASCII without a colon, 1 to 70 characters
 * @param value may be folded: a line end stands before a space or a tab only. Each is written as
 *     CRLF
 */
public record HeaderField(String name, String value) {

  private static final Pattern NAME = Pattern.compile("[!-9;-~]{1,70}");
  private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

  /**
   * @throws IllegalArgumentException if the name is none, or the value would end the field
   */
  public HeaderField {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name of a header field: '" + name + "'");
    }
    value = LINE_END.matcher(value.strip()).replaceAll("\r\n");
    String[] lines = value.split("\r\n", -1);
    for (int i = 0; i < lines.length; i++) {
      boolean folded = i == 0 || lines[i].startsWith(" ") || lines[i].startsWith("\t");
      if (!folded || (i > 0 && lines[i].isBlank()) || lines[i].indexOf('\0') >= 0) {
        throw new IllegalArgumentException("value of the header field " + name + " would end it");
      }
    }
  }

  /** The field as it stands in a message, its last CRLF included. */
  @Override
  public String toString() {
    return name + ": " + value + "\r\n";
  }
}
