package org.mxrelay.smtp.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageFacts;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Recipient;

/**
 * A message to be queued. The store splits its recipients by destination, one {@link Delivery}
 * each.
 *
 * <p>Immutable as far as its message is.
 *
 * @param id adding the same id again changes nothing
 * @param envelope from whom, to whom
 * @param message the bytes, read once by the store
 * @param facts about those bytes
 * @param queuedAt when it was accepted; retries and expiry count from here
 * @param due from when it may be claimed; usually as {@link #dueFrom} says
 */
public record Submission(
    SubmissionId id,
    Envelope envelope,
    MessageSource message,
    MessageFacts facts,
    Instant queuedAt,
    Instant due) {

  /**
   * From when a message may be claimed that was accepted then: at once. One of a priority above
   * zero counts as due an hour earlier for each step of it, and is therefore claimed before what
   * was accepted in that time; who was accepted longer ago still goes first, so that nobody waits
   * for ever. A priority below zero changes nothing.
   */
  public static Instant dueFrom(Envelope envelope, Instant queuedAt) {
    int steps = Math.max(0, envelope.options().priority().orElse(0));
    return queuedAt.minus(Duration.ofHours(steps));
  }

  /**
   * The recipients of each destination, destinations and recipients in the envelope's order. What a
   * store makes one {@link Delivery} each of.
   */
  public Map<Destination, List<Recipient>> byDestination() {
    Map<Destination, List<Recipient>> split =
        envelope.recipients().stream()
            .collect(
                Collectors.groupingBy(
                    r -> r.mailbox().destination(), LinkedHashMap::new, Collectors.toList()));
    return Collections.unmodifiableMap(split);
  }
}
