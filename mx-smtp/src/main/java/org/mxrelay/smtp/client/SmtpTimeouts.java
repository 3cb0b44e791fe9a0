package org.mxrelay.smtp.client;

import java.time.Duration;
import org.mxrelay.reply.Stage;

/**
 * The total time that each stage of a session may take, however slowly the bytes drip.
 *
 * <p>Immutable.
 *
 * @param connect for the connection
 * @param greeting for the greeting (RFC 5321, 4.5.3.2.1)
 * @param ehlo for EHLO and HELO
 * @param startTls for the reply to STARTTLS, and for each reply to AUTH
 * @param handshake for the TLS handshake
 * @param mail for the reply to MAIL (4.5.3.2.2)
 * @param rcpt for the reply to RCPT (4.5.3.2.3)
 * @param data for the reply to DATA (4.5.3.2.4)
 * @param block for each 64 KiB block of the message (4.5.3.2.5)
 * @param endOfData for the reply to the final dot (4.5.3.2.6); a short one makes duplicates
 * @param whole for all of an attempt up to the last byte of its message, however many recipients,
 *     blocks and replies there are; the reply to the final dot has its own time after that
 */
public record SmtpTimeouts(
    Duration connect,
    Duration greeting,
    Duration ehlo,
    Duration startTls,
    Duration handshake,
    Duration mail,
    Duration rcpt,
    Duration data,
    Duration block,
    Duration endOfData,
    Duration whole) {

  /** Long enough for a large message on a slow line, and short of what ties a session down. */
  private static final Duration TWO_HOURS = Duration.ofHours(2);

  /** The values of RFC 5321, 4.5.3.2, and 30 s to connect. */
  public static final SmtpTimeouts RFC5321 =
      new SmtpTimeouts(
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10),
          TWO_HOURS);

  /** Each stage, and two hours for the whole. */
  public SmtpTimeouts(
      Duration connect,
      Duration greeting,
      Duration ehlo,
      Duration startTls,
      Duration handshake,
      Duration mail,
      Duration rcpt,
      Duration data,
      Duration block,
      Duration endOfData) {
    this(
        connect, greeting, ehlo, startTls, handshake, mail, rcpt, data, block, endOfData,
        TWO_HOURS);
  }

  /**
   * Each multiplied, for tests; none falls below a millisecond.
   *
   * @throws IllegalArgumentException if the factor is not positive
   */
  public SmtpTimeouts scaled(double factor) {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("timeout scale: " + factor);
    }
    return new SmtpTimeouts(
        scale(connect, factor),
        scale(greeting, factor),
        scale(ehlo, factor),
        scale(startTls, factor),
        scale(handshake, factor),
        scale(mail, factor),
        scale(rcpt, factor),
        scale(data, factor),
        scale(block, factor),
        scale(endOfData, factor),
        scale(whole, factor));
  }

  /** How long the reply at that stage may take; for the body, a block of it. */
  public Duration at(Stage stage) {
    return switch (stage) {
      case CONNECT -> connect;
      case GREETING -> greeting;
      case EHLO -> ehlo;
      case STARTTLS, AUTH -> startTls;
      case TLS -> handshake;
      case MAIL -> mail;
      case RCPT -> rcpt;
      case DATA -> data;
      case BODY -> block;
      case END_OF_DATA -> endOfData;
    };
  }

  private static Duration scale(Duration d, double factor) {
    return Duration.ofNanos(Math.max(1_000_000, Math.round(d.toNanos() * factor)));
  }
}
