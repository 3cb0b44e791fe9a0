package org.mxrelay.smtp.backup;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the content filter; where that fails, the client comes back. Safe for several threads. */
record Screening(ContentFilter filter) {

  private static final Logger log = LoggerFactory.getLogger(Screening.class);

  FilterVerdict of(InboundMessage message) throws InterruptedException {
    try {
      return filter.filter(message);
    } catch (IOException | RuntimeException e) {
      log.error("the content filter failed; the client is asked to come back", e);
      return new FilterVerdict.Defer(Answers.FILTER_FAILED);
    }
  }
}
