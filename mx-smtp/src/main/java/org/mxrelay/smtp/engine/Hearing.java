package org.mxrelay.smtp.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Delivery.Uncertainty;

/**
 * What a whole attempt heard.
 *
 * <p>Immutable.
 *
 * @param heard the last word on each recipient; one that is missing was not reached, because the
 *     attempt was broken off
 * @param sessions those that came to their end, in order
 * @param begun how many sessions were begun
 * @param uncertain where an outcome that nobody knows came about
 */
record Hearing(
    Map<Recipient, Heard> heard,
    List<Session> sessions,
    int begun,
    Optional<Uncertainty> uncertain) {

  Hearing {
    heard = Map.copyOf(heard);
    sessions = List.copyOf(sessions);
  }

  boolean mustBeStored() {
    return heard.values().stream().anyMatch(Heard::mustBeStored);
  }
}
