package org.mxrelay.smtp.metrics;

import org.mxrelay.address.Domain;
import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.dns.MxAnswer;
import org.mxrelay.dns.MxResolver;
import org.mxrelay.dns.TextAnswer;
import org.mxrelay.dns.TextResolver;
import org.mxrelay.dns.TlsaAnswer;
import org.mxrelay.dns.TlsaResolver;

/**
 * Times what is asked of the DNS. Safe for use by several threads.
 *
 * <p>A router knows by a resolver's type whether there can be MTA-STS and DANE: it is a {@link
 * TextResolver} or {@link TlsaResolver} if, and only if, what it asks is one.
 */
class TimedResolver implements MxResolver {

  private final MxResolver to;
  private final LookupTimer timer;

  private TimedResolver(MxResolver to, LookupTimer timer) {
    this.to = to;
    this.timer = timer;
  }

  static MxResolver of(MxResolver to, LookupTimer timer) {
    boolean texts = to instanceof TextResolver;
    if (to instanceof TlsaResolver tlsa) {
      return texts ? new OfAll(to, (TextResolver) to, tlsa, timer) : new OfTlsa(to, tlsa, timer);
    }
    return texts ? new OfTexts(to, (TextResolver) to, timer) : new TimedResolver(to, timer);
  }

  @Override
  public MxAnswer exchanges(Domain domain) throws InterruptedException {
    return timer.timed("MX", () -> to.exchanges(domain), LookupResults::of);
  }

  @Override
  public AddressAnswer addresses(Domain host) throws InterruptedException {
    return timer.timed("address", () -> to.addresses(host), LookupResults::of);
  }

  @Override
  public void close() {
    to.close();
  }

  private static final class OfTexts extends TimedResolver implements TextResolver {

    private final TimedTexts texts;

    OfTexts(MxResolver to, TextResolver texts, LookupTimer timer) {
      super(to, timer);
      this.texts = new TimedTexts(texts, timer);
    }

    @Override
    public TextAnswer texts(Domain name) throws InterruptedException {
      return texts.texts(name);
    }
  }

  private static class OfTlsa extends TimedResolver implements TlsaResolver {

    private final TlsaResolver tlsa;
    private final LookupTimer timer;

    OfTlsa(MxResolver to, TlsaResolver tlsa, LookupTimer timer) {
      super(to, timer);
      this.tlsa = tlsa;
      this.timer = timer;
    }

    @Override
    public TlsaAnswer tlsa(Domain name) throws InterruptedException {
      return timer.timed("TLSA", () -> tlsa.tlsa(name), LookupResults::of);
    }

    @Override
    public AliasTrust aliasTrust(Domain name) throws InterruptedException {
      return timer.timed("CNAME", () -> tlsa.aliasTrust(name), LookupResults::of);
    }
  }

  private static final class OfAll extends OfTlsa implements TextResolver {

    private final TimedTexts texts;

    OfAll(MxResolver to, TextResolver texts, TlsaResolver tlsa, LookupTimer timer) {
      super(to, tlsa, timer);
      this.texts = new TimedTexts(texts, timer);
    }

    @Override
    public TextAnswer texts(Domain name) throws InterruptedException {
      return texts.texts(name);
    }
  }

  private record TimedTexts(TextResolver to, LookupTimer timer) implements TextResolver {
    @Override
    public TextAnswer texts(Domain name) throws InterruptedException {
      return timer.timed("TXT", () -> to.texts(name), LookupResults::of);
    }
  }
}
