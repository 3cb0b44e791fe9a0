package org.mxrelay.smtp.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A message that the server took responsibility for.
 *
 * <p>Immutable but for the array.
 *
 * @param session the session's number, from 1
 * @param helo what EHLO or HELO said
 * @param reversePath without angle brackets; empty for the null one
 * @param mailParameters what stood behind it, such as {@code BODY=8BITMIME SIZE=100}
 * @param recipients those that were accepted, in order
 * @param data the message's bytes, dots un-stuffed
 * @param tls whether the session was encrypted
 */
public record ReceivedMessage(
    int session,
    String helo,
    String reversePath,
    String mailParameters,
    List<Recipient> recipients,
    byte[] data,
    boolean tls) {

  /**
   * A recipient of a message.
   *
   * @param address without angle brackets
   * @param parameters what stood behind it, such as {@code NOTIFY=NEVER}
   */
  public record Recipient(String address, String parameters) {}

  /** The addresses of the recipients. */
  public List<String> addresses() {
    return recipients.stream().map(Recipient::address).toList();
  }

  /** The message as text, one character for each byte. */
  public String text() {
    return new String(data, StandardCharsets.ISO_8859_1);
  }
}
