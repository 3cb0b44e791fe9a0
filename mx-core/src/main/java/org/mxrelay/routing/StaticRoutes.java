package org.mxrelay.routing;

import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Destination;
import org.mxrelay.address.DestinationTable;

/**
 * The destinations whose mail goes where the owner says, whatever the DNS says of them: no MX is
 * asked for, and the address policy is not.
 *
 * <p>Immutable.
 */
public final class StaticRoutes {

  /** No destination has a static route. */
  public static final StaticRoutes NONE = new StaticRoutes(DestinationTable.empty());

  private final DestinationTable<List<StaticHost>> table;

  private StaticRoutes(DestinationTable<List<StaticHost>> table) {
    this.table = table;
  }

  /**
   * These routes and one more.
   *
   * @param pattern of destinations, as {@link DestinationTable} has them: {@code example.org},
   *     {@code .example.org}, {@code [192.0.2.1]} or {@code *}
   * @param hosts {@code name}, {@code 192.0.2.1} or {@code [2001:db8::1]}, each with or without
   *     {@code :port}, in the order in which to try them
   * @throws IllegalArgumentException if the pattern or a host is none, there is no host, or the
   *     pattern has a route already
   */
  public StaticRoutes and(String pattern, List<String> hosts) {
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("route: no host for " + pattern);
    }
    List<StaticHost> parsed = hosts.stream().map(StaticHost::parse).toList();
    try {
      return new StaticRoutes(table.and(pattern, parsed));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("route: " + e.getMessage(), e);
    }
  }

  /** The hosts for a destination, or nothing if the DNS decides. */
  Optional<List<StaticHost>> find(Destination destination) {
    return table.find(destination);
  }
}
