package org.mxrelay.smtp.backup;

import java.io.IOException;
import java.time.InstantSource;
import org.mxrelay.smtp.backup.Alarm.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the content filter; where that fails, the client comes back, and that is an alarm until it
 * answers again.
 *
 * <p>Safe for use by several threads.
 */
record Screening(ContentFilter filter, Alarms alarms, InstantSource clock) {

  private static final Logger log = LoggerFactory.getLogger(Screening.class);

  FilterVerdict of(InboundMessage message) throws InterruptedException {
    try {
      FilterVerdict verdict = filter.filter(message);
      alarms.clear(Kind.FILTER_FAILED, clock.instant());
      return verdict;
    } catch (IOException e) {
      // Nothing to look for in our code: the alarm says it, once.
      log.debug("the content filter failed", e);
      return failed(e);
    } catch (RuntimeException e) {
      log.error("the content filter failed", e);
      return failed(e);
    }
  }

  private FilterVerdict failed(Exception e) {
    alarms.raise(
        Kind.FILTER_FAILED,
        "a content filter failed, and clients are asked to come back: " + e,
        clock.instant());
    return new FilterVerdict.Defer(Answers.FILTER_FAILED);
  }
}
