package org.mxrelay.routing;

/**
 * What a router is told by its owner.
 *
 * <p>Immutable.
 *
 * @param policy which addresses may be connected to; not asked of {@code routes}
 * @param self the names and addresses that are ourselves
 * @param port the exchanges' port, 1 to 65535
 * @param limits how much one routing may cost
 * @param routes the destinations whose mail goes where the owner says
 */
public record RoutingOptions(
    AddressPolicy policy, SelfNames self, int port, RoutingLimits limits, StaticRoutes routes) {

  /** Public addresses only, nobody is ourselves, port 25, standard limits, no static route. */
  public static final RoutingOptions STANDARD =
      new RoutingOptions(
          AddressPolicy.publicOnly(),
          SelfNames.NONE,
          25,
          RoutingLimits.STANDARD,
          StaticRoutes.NONE);

  /**
   * @throws IllegalArgumentException if the port is out of its range
   */
  public RoutingOptions {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port must be 1 to 65535: " + port);
    }
  }

  /** These options with another address policy. */
  public RoutingOptions withPolicy(AddressPolicy by) {
    return new RoutingOptions(by, self, port, limits, routes);
  }

  /** These options with another idea of who we are. */
  public RoutingOptions withSelf(SelfNames names) {
    return new RoutingOptions(policy, names, port, limits, routes);
  }

  /**
   * These options with another port.
   *
   * @throws IllegalArgumentException if it is out of its range
   */
  public RoutingOptions withPort(int number) {
    return new RoutingOptions(policy, self, number, limits, routes);
  }

  /** These options with other limits. */
  public RoutingOptions withLimits(RoutingLimits of) {
    return new RoutingOptions(policy, self, port, of, routes);
  }

  /** These options with other static routes. */
  public RoutingOptions withRoutes(StaticRoutes table) {
    return new RoutingOptions(policy, self, port, limits, table);
  }
}
