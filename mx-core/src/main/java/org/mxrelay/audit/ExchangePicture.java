package org.mxrelay.audit;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.tls.DaneStatus;

/**
 * What was found of one exchange.
 *
 * <p>Immutable.
 *
 * @param preference that of its MX record; 0 where the domain is its own exchange
 * @param name its name
 * @param answer its addresses
 * @param alias what its name is an alias of, if it is one
 * @param dane what the DNS says of its TLSA records; nothing if nobody looked for them
 * @param probes what it said when it was spoken to, an entry an address; none if it was not
 */
public record ExchangePicture(
    int preference,
    Domain name,
    AddressAnswer answer,
    Optional<String> alias,
    Optional<DaneStatus> dane,
    List<ProbeReport> probes) {

  public ExchangePicture {
    probes = List.copyOf(probes);
  }

  /** Of an exchange whose TLSA records nobody looked for. */
  public ExchangePicture(
      int preference,
      Domain name,
      AddressAnswer answer,
      Optional<String> alias,
      List<ProbeReport> probes) {
    this(preference, name, answer, alias, Optional.empty(), probes);
  }

  /** Whether DNSSEC vouches for its addresses. */
  public boolean isSigned() {
    return answer.facts().isAuthenticated();
  }

  /** The addresses that were found. */
  public List<InetAddress> addresses() {
    return answer instanceof AddressAnswer.Addresses found ? found.addresses() : List.of();
  }

  /** Which provider runs it for others, if it is one that is known for that. */
  public Optional<String> provider() {
    return ManagedProviders.STANDARD.of(name);
  }

  /** The same with what it said. */
  ExchangePicture with(List<ProbeReport> said) {
    return new ExchangePicture(preference, name, answer, alias, dane, said);
  }
}
