package org.mxrelay.smtp.queue;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.queue.QueueEntry.State;

/** A delivery as the memory store keeps it. Confined to the store's lock. */
final class MemoryUnit {

  final MemoryMessage message;
  Delivery delivery;
  State state = State.QUEUED;
  String why = "";
  long token;
  int claims;
  Instant until = Instant.MIN;

  /** What people asked for while somebody worked on it. */
  Optional<String> holdAsked = Optional.empty();

  final Set<Mailbox> cancelAsked = new HashSet<>();

  MemoryUnit(MemoryMessage message, Delivery delivery) {
    this.message = message;
    this.delivery = delivery;
  }

  long id() {
    return delivery.id();
  }

  Instant due() {
    return delivery.due();
  }

  /** Whether it may only be attempted alone, because whoever claimed it died again and again. */
  boolean isSuspect() {
    return claims >= LostLeases.ALONE_AFTER;
  }

  QueueEntry entry() {
    return new QueueEntry(delivery, state, state == State.QUEUED ? LostLeases.waits(claims) : why);
  }

  void forgetLease() {
    holdAsked = Optional.empty();
    cancelAsked.clear();
    until = Instant.MIN;
  }
}
