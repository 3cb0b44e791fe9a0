package org.mxrelay.smtp.queue;

import java.util.regex.Pattern;

/**
 * The name under which a message was accepted.
 *
 * <p>Immutable.
 *
 * @param value 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}
 */
public record SubmissionId(String value) implements Comparable<SubmissionId> {

  private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /**
   * @throws IllegalArgumentException if it has other characters, none, or too many
   */
  public SubmissionId {
    if (!SYNTAX.matcher(value).matches()) {
      throw new IllegalArgumentException("submission id: '" + value + "'");
    }
  }

  @Override
  public int compareTo(SubmissionId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
