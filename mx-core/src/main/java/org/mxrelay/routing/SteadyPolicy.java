package org.mxrelay.routing;

import java.net.InetAddress;
import java.util.Optional;

/** A policy that says today what it said yesterday, so that it need not be asked again. */
sealed interface SteadyPolicy extends AddressPolicy permits PublicAddresses, SteadyPolicy.Any {

  /** Allows every address. */
  record Any() implements SteadyPolicy {
    @Override
    public Optional<Refusal> check(InetAddress address) {
      return Optional.empty();
    }
  }
}
