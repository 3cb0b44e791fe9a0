package org.mxrelay.dns;

import java.net.InetAddress;
import java.util.List;

/**
 * What the DNS says of a host's addresses, both families together.
 *
 * <p>Immutable. A further case would be a breaking change.
 */
public sealed interface AddressAnswer {

  AnswerFacts facts();

  /**
   * At least one family resolved, whatever became of the other (which {@link AnswerFacts#notes}
   * tells).
   *
   * @param addresses IPv6 and IPv4, at least one, each in the order of the answer
   */
  record Addresses(List<InetAddress> addresses, AnswerFacts facts) implements AddressAnswer {
    public Addresses {
      addresses = List.copyOf(addresses);
      if (addresses.isEmpty()) {
        throw new IllegalArgumentException("an address answer without an address");
      }
    }
  }

  /** The host exists and has neither an A nor an AAAA record. */
  record NoAddress(AnswerFacts facts) implements AddressAnswer {}

  /** The host does not exist. */
  record NoSuchHost(AnswerFacts facts) implements AddressAnswer {}

  /**
   * No address was found and at least one family could not be asked.
   *
   * @param why in words
   */
  record Unresolved(String why, AnswerFacts facts) implements AddressAnswer {}
}
