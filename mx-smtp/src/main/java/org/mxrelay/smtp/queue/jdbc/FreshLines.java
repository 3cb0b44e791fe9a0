package org.mxrelay.smtp.queue.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.mxrelay.address.Destination;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.Lease;

/**
 * Fresh deliveries that wait, in a line a destination, and the destinations in turn.
 *
 * <p>Guarded by the lock of {@link Fresh}.
 */
final class FreshLines {

  private static final Comparator<FreshDelivery> BY_DUE =
      Comparator.comparing((FreshDelivery d) -> d.delivery.due())
          .thenComparingLong(d -> d.delivery.id());

  private final Map<Destination, PriorityQueue<FreshDelivery>> lines = new LinkedHashMap<>();

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Those that wait in a line. */
  Collection<FreshDelivery> of(Destination destination) {
    PriorityQueue<FreshDelivery> line = lines.get(destination);
    return line == null ? List.of() : line;
  }

  /** In its line, which goes last if nobody waited in it. */
  void add(FreshDelivery delivery) {
    lines
        .computeIfAbsent(delivery.delivery.destination(), d -> new PriorityQueue<>(BY_DUE))
        .add(delivery);
  }

  void remove(FreshDelivery delivery) {
    lines.computeIfPresent(
        delivery.delivery.destination(),
        (d, line) -> line.remove(delivery) && line.isEmpty() ? null : line);
  }

  /** Behind the others. */
  private void rotate(Destination destination) {
    PriorityQueue<FreshDelivery> line = lines.remove(destination);
    if (line != null && !line.isEmpty()) {
      lines.put(destination, line);
    }
  }

  /**
   * The next of each destination in turn, each with a fair share of the room, and what some leave
   * over for those who have more.
   *
   * @param had what the request has got already
   */
  List<FreshDelivery> take(ClaimRequest request, List<Lease> had) {
    Map<Destination, Integer> taken = new HashMap<>();
    had.forEach(lease -> taken.merge(lease.delivery().destination(), 1, Integer::sum));
    List<FreshDelivery> all = new ArrayList<>();
    int room = request.most() - had.size();
    List<Destination> due = due(request, room);
    Function<Destination, Integer> allowed =
        d -> request.mostPerDestination() - taken.getOrDefault(d, 0);
    int left = due.size();
    for (Destination destination : due) {
      int share = (room - all.size() + left - 1) / left--;
      int most = Math.min(share, allowed.apply(destination));
      taken.merge(destination, takeFrom(destination, most, request.now(), all), Integer::sum);
    }
    for (Destination destination : due) {
      int most = Math.min(room - all.size(), allowed.apply(destination));
      takeFrom(destination, most, request.now(), all);
    }
    due.forEach(this::rotate);
    return all;
  }

  private List<Destination> due(ClaimRequest request, int most) {
    List<Destination> due = new ArrayList<>();
    for (Map.Entry<Destination, PriorityQueue<FreshDelivery>> line : lines.entrySet()) {
      if (due.size() == most) {
        return due;
      }
      if (!request.blocked().contains(line.getKey()) && isDue(line.getValue(), request.now())) {
        due.add(line.getKey());
      }
    }
    return due;
  }

  private static boolean isDue(PriorityQueue<FreshDelivery> line, Instant now) {
    FreshDelivery first = line.peek();
    return first != null && !first.delivery.due().isAfter(now);
  }

  private int takeFrom(Destination destination, int most, Instant now, List<FreshDelivery> into) {
    PriorityQueue<FreshDelivery> line = lines.get(destination);
    int count = 0;
    while (line != null && count < most && isDue(line, now)) {
      into.add(line.remove());
      count++;
    }
    return count;
  }
}
