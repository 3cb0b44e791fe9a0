package org.mxrelay.smtp.queue.jdbc;

import java.util.List;

/**
 * A message as it goes from the journal into the tables, whole.
 *
 * <p>Immutable.
 *
 * @param body which is not needed if nothing is open
 * @param open its deliveries that have not ended
 * @param ended what became of the others
 */
record Adoption(
    MessageColumns message, Body body, List<DeliveryColumns> open, List<OutcomeColumns> ended) {

  byte[] bytes() {
    return body.inline().orElseThrow();
  }
}
