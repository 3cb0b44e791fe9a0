package org.mxrelay.tls;

import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.mxrelay.address.Destination;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.MxResolver;
import org.mxrelay.dns.TextResolver;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.routing.Route;
import org.mxrelay.routing.RouteDecision;

/**
 * MTA-STS (RFC 8461): a domain says over HTTPS which names its exchanges have and that their TLS is
 * to be verified. Where that is enforced, exchanges of other names are left out, and the others are
 * delivered to over verified TLS or not at all.
 *
 * <p>A policy once fetched holds to its end, even if its TXT record vanishes or its host fails. A
 * domain without any known policy whose policy cannot be fetched is delivered to as if it had none
 * (RFC 8461, 5.1), and its host is asked again after five minutes at the earliest. Address literals
 * and static routes have no policy.
 *
 * <p>Safe for use by several threads. For one domain, one thread fetches; others wait for it only
 * where they know no policy that holds.
 */
public final class MtaSts implements TlsPolicy {

  private final StsPolicies policies;
  private final Optional<ScheduledThreadPoolExecutor> own;

  private MtaSts(StsPolicies policies, Optional<ScheduledThreadPoolExecutor> own) {
    this.policies = policies;
    this.own = own;
  }

  /**
   * MTA-STS as these say.
   *
   * @param texts answers for the TXT records; not closed
   * @param hosts answers for the addresses of the policies' hosts; not closed
   * @param allowed which of those may be connected to
   * @param options how policies are fetched and kept
   * @param clock by what they age
   */
  public static MtaSts of(
      TextResolver texts,
      MxResolver hosts,
      AddressPolicy allowed,
      StsOptions options,
      InstantSource clock) {
    Optional<ScheduledThreadPoolExecutor> own =
        options.timers().isPresent() ? Optional.empty() : Optional.of(thread());
    ScheduledExecutorService timers =
        options.timers().or(() -> own).orElseThrow(IllegalStateException::new);
    HttpsGet https = new HttpsGet(options.trust().orElseGet(MtaSts::jdk), options.port());
    PolicyFetcher fetcher =
        new HttpsPolicyFetcher(hosts, allowed, https, options.timeout(), timers);
    return new MtaSts(
        new StsPolicies(texts, fetcher, options.store(), clock, options.outcomes()), own);
  }

  /**
   * The policy that holds for a domain now, fetched if need be.
   *
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  public Optional<StsPolicy> policy(Domain domain) throws InterruptedException {
    return policies.find(domain).policy();
  }

  /**
   * Fetches every policy anew that is due for it, so that none runs out whose domain gets no mail
   * for a while (RFC 8461, 3.3). To be called now and then, such as once an hour, by a thread that
   * may wait for the network.
   *
   * @return how many were due; one that could not be had holds on to its end
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  public int refresh() throws InterruptedException {
    return policies.refresh();
  }

  /**
   * What a domain says of its policy, and the policy that holds now, fetched if need be: for those
   * who judge a domain rather than deliver to it.
   *
   * @throws InterruptedException if the thread was interrupted while it waited
   */
  public StsStatus status(Domain domain) throws InterruptedException {
    return policies.status(domain);
  }

  @Override
  public TlsPlan plan(Destination destination, RouteDecision decision) throws InterruptedException {
    if (destination instanceof Domain domain
        && decision instanceof RouteDecision.Attempt attempt
        && attempt.routes().stream().allMatch(MtaSts::isFromTheDns)) {
      return StsDecider.decide(domain, attempt, policies.find(domain));
    }
    return TlsPlan.unbound(decision);
  }

  private static boolean isFromTheDns(Route route) {
    return switch (route.origin()) {
      case MX, IMPLICIT_MX -> true;
      case LITERAL, STATIC -> false;
    };
  }

  /** Ends the thread that it started; from then on no policy can be fetched. */
  @Override
  public void close() {
    own.ifPresent(ScheduledThreadPoolExecutor::shutdownNow);
  }

  private static ScheduledThreadPoolExecutor thread() {
    ScheduledThreadPoolExecutor one =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "mx-sts");
              thread.setDaemon(true);
              return thread;
            });
    one.setRemoveOnCancelPolicy(true); // nearly every deadline is cancelled
    one.setKeepAliveTime(10, TimeUnit.SECONDS);
    one.allowCoreThreadTimeOut(true);
    return one;
  }

  private static SSLContext jdk() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no TLS", e);
    }
  }
}
