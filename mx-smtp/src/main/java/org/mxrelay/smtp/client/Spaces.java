package org.mxrelay.smtp.client;

import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Room for messages under way, used again and again: no more than there ever were attempts at once.
 *
 * <p>Safe for use by several threads.
 */
final class Spaces {

  private final ConcurrentLinkedDeque<BodyBlocks.Space> free = new ConcurrentLinkedDeque<>();

  BodyBlocks.Space take() {
    return Optional.ofNullable(free.pollFirst()).orElseGet(BodyBlocks.Space::new);
  }

  void give(BodyBlocks.Space space) {
    free.addFirst(space);
  }
}
