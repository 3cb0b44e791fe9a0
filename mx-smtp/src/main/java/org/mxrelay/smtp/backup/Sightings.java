package org.mxrelay.smtp.backup;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.mxrelay.address.IpAddress;
import org.mxrelay.address.Mailbox;
import org.mxrelay.address.ReversePath;
import org.mxrelay.smtp.backup.BackupMemory.Memo;
import org.mxrelay.smtp.backup.BackupMemory.Topic;

/**
 * Remembers who was sent to the primary, and when first.
 *
 * <p>Safe for use by several threads.
 */
record Sightings(BackupMemory memory) {

  /** Who comes back later than that is a new one; who was served is served for that long. */
  private static final Duration KEPT = Duration.ofDays(2);

  /** When it was first seen; remembers that it was now, if it never was. */
  Optional<Instant> first(ClientFacts client, ReversePath from, Mailbox to, Instant now) {
    String key = Keys.of(network(client.address()), from.toString(), to.toString());
    Optional<Instant> seen =
        memory.find(Topic.SIGHTING, key).filter(m -> now.isBefore(m.until())).map(Memo::at);
    if (seen.isEmpty()) {
      memory.put(Topic.SIGHTING, key, new Memo("", now, now.plus(KEPT)));
    }
    return seen;
  }

  /** A /24, or a /64: large senders come back from another address of the same network. */
  static String network(InetAddress address) {
    byte[] octets = IpAddress.unmapped(address).getAddress();
    Arrays.fill(octets, octets.length == 4 ? 3 : 8, octets.length, (byte) 0);
    return IpAddress.format(IpAddress.of(octets));
  }
}
