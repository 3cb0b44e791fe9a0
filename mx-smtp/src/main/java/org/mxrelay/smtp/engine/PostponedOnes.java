package org.mxrelay.smtp.engine;

import java.util.HashMap;
import java.util.Map;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who came with a claim though his destination is postponed, because he is old: not to be
 * attempted.
 *
 * <p>Confined to one thread, and to one claim.
 */
final class PostponedOnes {

  private static final Logger log = LoggerFactory.getLogger(PostponedOnes.class);

  private final DeliveryQueue queue;
  private final ClaimRequest request;
  private final Map<Destination, Boolean> known = new HashMap<>();

  PostponedOnes(DeliveryQueue queue, ClaimRequest request) {
    this.queue = queue;
    this.request = request;
  }

  /** Asks the store once a destination, and only about those who are old. */
  boolean has(Delivery delivery) {
    return request.wantsPostponed(delivery)
        && known.computeIfAbsent(delivery.destination(), this::isPostponed);
  }

  private boolean isPostponed(Destination destination) {
    try {
      return queue.postponedUntil(destination, request.now()).isPresent();
    } catch (RuntimeException e) {
      // What was claimed must be seen through all the same.
      log.warn("nobody knows whether {} is postponed; its mail is attempted", destination, e);
      return false;
    }
  }
}
