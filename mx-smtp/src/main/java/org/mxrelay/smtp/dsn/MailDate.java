package org.mxrelay.smtp.dsn;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Dates as RFC 5322, 3.3 writes them. */
final class MailDate {

  private MailDate() {}

  static String of(Instant at) {
    return DateTimeFormatter.RFC_1123_DATE_TIME
        .format(at.atOffset(ZoneOffset.UTC))
        .replace("GMT", "+0000");
  }
}
