package org.mxrelay.smtp.queue.jdbc;

import org.mxrelay.smtp.queue.Outcome;

/**
 * What an outcome's row says of it.
 *
 * <p>Immutable.
 */
record OutcomeColumns(
    String recipient, String outcome, int attempts, long endedAt, String diagnostic) {

  static OutcomeColumns of(Outcome outcome) {
    return new OutcomeColumns(
        outcome.recipient().toString(),
        outcome.outcome().name(),
        outcome.attempts(),
        Micros.of(outcome.at()),
        Fields.join(Texts.diagnostic(outcome.diagnostic())));
  }
}
