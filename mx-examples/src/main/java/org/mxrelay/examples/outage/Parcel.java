package org.mxrelay.examples.outage;

import java.util.Optional;
import org.mxrelay.examples.outage.Primary.Client;
import org.mxrelay.routing.Route;

/**
 * A letter in somebody's queue: its sender's, or the backup's.
 *
 * <p>Confined to one thread.
 */
final class Parcel {

  private final Story story;
  private final SenderKind by;
  private final Client client;
  private final long since;
  private int attempts;
  private Optional<Unknown> unknown = Optional.empty();

  Parcel(Story story, SenderKind by, Client client, long since) {
    this.story = story;
    this.by = by;
    this.client = client;
    this.since = since;
    story.begins();
  }

  /** An exchange may have taken it, and did not say so. */
  record Unknown(Route where, long at) {}

  Story story() {
    return story;
  }

  /** Who delivers it. */
  SenderKind by() {
    return by;
  }

  Client client() {
    return client;
  }

  /** When it came into the queue. */
  long since() {
    return since;
  }

  int attempts() {
    return attempts;
  }

  /** One more attempt; answers the how manieth. */
  int count() {
    return ++attempts;
  }

  Optional<Unknown> unknown() {
    return unknown;
  }

  void nobodyKnows(Route where, long at) {
    unknown = Optional.of(new Unknown(where, at));
  }
}
