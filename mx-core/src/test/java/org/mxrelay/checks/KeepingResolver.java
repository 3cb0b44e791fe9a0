package org.mxrelay.checks;

import java.util.HashMap;
import java.util.Map;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.MxResolver;
import org.mxrelay.dns.TlsaAnswer;
import org.mxrelay.dns.TlsaResolver;
import org.mxrelay.testkit.FakeMxResolver;

/**
 * Gives the very answer that it gave before, as a client with a cache does, until it is told to
 * forget. Confined to one thread.
 */
public final class KeepingResolver implements MxResolver, TlsaResolver {

  private final FakeMxResolver dns;
  private final Map<Domain, MxAnswer> exchanges = new HashMap<>();
  private final Map<Domain, AddressAnswer> addresses = new HashMap<>();
  private final Map<Domain, TlsaAnswer> tlsa = new HashMap<>();

  /** Keeps what that one says. */
  public KeepingResolver(FakeMxResolver dns) {
    this.dns = dns;
  }

  /** From now on a name is asked about anew. */
  public void forget(Domain name) {
    exchanges.remove(name);
    addresses.remove(name);
    tlsa.remove(name);
  }

  @Override
  public MxAnswer exchanges(Domain domain) throws InterruptedException {
    if (!exchanges.containsKey(domain)) {
      exchanges.put(domain, dns.exchanges(domain));
    }
    return exchanges.get(domain);
  }

  @Override
  public AddressAnswer addresses(Domain host) throws InterruptedException {
    if (!addresses.containsKey(host)) {
      addresses.put(host, dns.addresses(host));
    }
    return addresses.get(host);
  }

  @Override
  public TlsaAnswer tlsa(Domain name) throws InterruptedException {
    if (!tlsa.containsKey(name)) {
      tlsa.put(name, dns.tlsa(name));
    }
    return tlsa.get(name);
  }

  @Override
  public AliasTrust aliasTrust(Domain name) throws InterruptedException {
    return dns.aliasTrust(name);
  }
}
