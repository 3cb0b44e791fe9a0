package org.mxrelay.smtp.queue;

import java.util.Map;

/** The queue in memory by its name, {@code memory}. Immutable. */
public final class MemoryQueueFactory implements QueueFactory {

  /** For {@link java.util.ServiceLoader}. */
  public MemoryQueueFactory() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }

  @Override
  public DeliveryQueue create(Map<String, String> given) {
    return InMemoryQueue.create();
  }
}
