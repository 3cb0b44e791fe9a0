package org.mxrelay.examples.outage;

import java.time.Duration;
import java.util.List;
import org.mxrelay.examples.outage.SenderKind.Manner;
import org.mxrelay.retry.RetryPolicy;
import org.mxrelay.retry.RetryPresets;
import org.mxrelay.retry.RetrySchedule;
import org.mxrelay.routing.Fallthrough;

/**
 * The senders there are, each as its maker documents it. All but mxrelay fall through as Postfix
 * does: any transient refusal goes on to the next exchange.
 */
public final class SenderKinds {

  /** Postfix's defaults: 300 s doubling to 4,000 s, for 5 days (postconf(5)). */
  public static final SenderKind POSTFIX =
      ordinary("postfix", "Postfix, 5 days", RetryPresets.POSTFIX);

  /**
   * Exim's default retry rule, {@code F,2h,15m; G,16h,1h,1.5; F,4d,6h}: every 15 minutes for 2
   * hours, then growing by half from an hour, then every 6 hours, for 4 days (Exim's specification,
   * "Retry configuration").
   */
  public static final SenderKind EXIM =
      ordinary("exim", "Exim, 4 days", spread("15m*8,1h,90m,135m,202m,304m,6h", days(4)));

  /**
   * Exchange Online: first every 15 minutes, later every hour, for 24 hours unless the customer
   * shortened it (Microsoft's message MC441064 of 2022; its help on "delayed messages").
   */
  public static final SenderKind EXCHANGE_ONLINE =
      ordinary("exchange-online", "Exchange Online, 24 hours", spread("15m*4,30m*2,1h", days(1)));

  /**
   * Exchange Server: every 10 minutes ({@code OutboundConnectionFailureRetryInterval}) for 2 days
   * ({@code MessageExpirationTimeout}; Microsoft's "Message retry, resubmit, and expiration
   * intervals").
   */
  public static final SenderKind EXCHANGE_SERVER =
      ordinary("exchange-server", "Exchange Server, 2 days", spread("10m", days(2)));

  /**
   * A service for bulk mail that tries for 72 hours, as Twilio's SendGrid documents ("Deferrals").
   */
  public static final SenderKind BULK_72H =
      ordinary("bulk-72h", "Mail service, 72 hours", RetryPresets.HOURS_72.withoutDelayNotice());

  /** A service that gives up early: 8 hours, as Mailgun documents for its default. */
  public static final SenderKind API_8H =
      ordinary(
          "api-8h", "Mail service, 8 hours", spread("10m,20m,40m,80m,2h", Duration.ofHours(8)));

  /** A script or device that tries once. */
  public static final SenderKind SCRIPT = ordinary("script", "Script, tries once", new OneShot());

  /** mxrelay with its defaults: 5 minutes doubling to 4 hours, for 5 days. */
  public static final SenderKind MXRELAY =
      new SenderKind(
          "mxrelay",
          "mxrelay, 5 days",
          RetryPolicy.standard(),
          Fallthrough.STANDARD,
          Manner.CAREFUL);

  /** A bot that sends spam: one attempt, at the primary first. */
  static final SenderKind BOT = ordinary("bot", "Spam, primary first", new OneShot());

  /** A bot that prefers backups. */
  static final SenderKind BOT_AT_BACKUP =
      new SenderKind(
          "bot-at-backup",
          "Spam, backup first",
          new OneShot(),
          Fallthrough.ANY,
          Manner.WORST_FIRST);

  /** Those that may be in a mix. */
  public static final List<SenderKind> ALL =
      List.of(POSTFIX, EXIM, EXCHANGE_ONLINE, EXCHANGE_SERVER, BULK_72H, API_8H, SCRIPT, MXRELAY);

  private SenderKinds() {}

  private static SenderKind ordinary(String name, String title, RetryPolicy policy) {
    return new SenderKind(name, title, policy, Fallthrough.ANY, Manner.ORDINARY);
  }

  /** Nobody's clock is exact, and a queue that is scanned now and then spreads attempts upwards. */
  private static RetryPolicy spread(String spec, Duration expiry) {
    return RetryPresets.POSTFIX
        .withSchedule(RetrySchedule.parse(spec + "~1..1.1"))
        .withExpiry(expiry);
  }

  private static Duration days(int number) {
    return Duration.ofDays(number);
  }
}
