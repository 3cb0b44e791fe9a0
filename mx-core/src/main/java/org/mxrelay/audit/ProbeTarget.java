package org.mxrelay.audit;

import java.util.Optional;
import org.mxrelay.address.Mailbox;
import org.mxrelay.routing.Route;
import org.mxrelay.tls.TlsDemand;

/**
 * Whom to speak to.
 *
 * <p>Immutable.
 *
 * @param route the exchange and the address, which has been checked
 * @param stranger a recipient that cannot exist, to see whether it is accepted; usually none
 * @param dane what the exchange's TLSA records demand of its certificate, if there are any
 */
public record ProbeTarget(Route route, Optional<Mailbox> stranger, Optional<TlsDemand> dane) {

  /** An exchange without TLSA records. */
  public ProbeTarget(Route route, Optional<Mailbox> stranger) {
    this(route, stranger, Optional.empty());
  }
}
