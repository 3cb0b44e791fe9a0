package org.mxrelay.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLException;
import org.mxrelay.address.Domain;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.address.IpAddress;
import org.mxrelay.dns.AddressAnswer;
import org.mxrelay.dns.MxResolver;
import org.mxrelay.routing.AddressPolicy;
import org.mxrelay.tls.PolicyAnswer.Unusable;

/**
 * Gets a policy from {@code https://mta-sts.DOMAIN/.well-known/mta-sts.txt} (RFC 8461, 3.3), at an
 * address that was checked and is the one connected to. Thread-safe.
 *
 * @param hosts finds the host's addresses
 * @param policy which of them may be connected to
 * @param https makes the connection
 * @param limit the time for all of it, the DNS apart
 * @param timers keep it
 */
record HttpsPolicyFetcher(
    MxResolver hosts,
    AddressPolicy policy,
    HttpsGet https,
    Duration limit,
    ScheduledExecutorService timers)
    implements PolicyFetcher {

  /** Addresses tried at most. */
  private static final int MOST_ADDRESSES = 4;

  /** Characters at most of what went wrong. */
  private static final int MOST_WORDS = 300;

  @Override
  public PolicyAnswer fetch(Domain domain) throws InterruptedException {
    Domain host;
    try {
      host = new Domain("mta-sts." + domain.name());
    } catch (InvalidAddressException e) {
      return new Unusable("the name of the policy's host would be too long");
    }
    AddressAnswer found = hosts.addresses(host);
    if (found instanceof AddressAnswer.Addresses a) {
      return fetch(host, a.addresses());
    } else if (found instanceof AddressAnswer.Unresolved u) {
      return new Unusable(host + " cannot be resolved now: " + u.why());
    }
    return new Unusable(host + " has no address");
  }

  private PolicyAnswer fetch(Domain host, List<InetAddress> addresses) throws InterruptedException {
    List<InetAddress> allowed = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (InetAddress address : addresses) {
      Optional<AddressPolicy.Refusal> refusal = policy.check(address);
      if (refusal.isPresent()) {
        refused.add(IpAddress.format(address) + " is " + refusal.get().why());
      } else {
        allowed.add(address);
      }
    }
    if (allowed.isEmpty()) {
      return new Unusable(
          "the option addressPolicy refuses every address of "
              + host
              + ": "
              + String.join(", ", refused));
    }
    return inTime(host, allowed.subList(0, Math.min(MOST_ADDRESSES, allowed.size())));
  }

  private PolicyAnswer inTime(Domain host, List<InetAddress> addresses)
      throws InterruptedException {
    try (FetchDeadline deadline = new FetchDeadline(limit, timers)) {
      PolicyAnswer answer = new Unusable("not asked");
      for (InetAddress address : addresses) {
        try {
          return https.get(host, address, deadline);
        } catch (IOException e) {
          answer = new Unusable(failure(e), host + ": " + why(e, deadline));
        }
        // The channel closes when its thread is interrupted, and says so only as an I/O error.
        if (Thread.interrupted()) {
          throw new InterruptedException("while fetching a policy from " + host);
        } else if (deadline.isOver()) {
          return answer;
        }
      }
      return answer;
    } catch (RejectedExecutionException e) {
      return new Unusable("closed");
    }
  }

  private static TlsFailure failure(IOException e) {
    boolean isOfTls = e instanceof SSLException;
    return isOfTls && TlsFailure.ofHandshake(e) != TlsFailure.VALIDATION_FAILURE
        ? TlsFailure.STS_WEBPKI_INVALID
        : TlsFailure.STS_POLICY_FETCH_ERROR;
  }

  private String why(IOException e, FetchDeadline deadline) {
    if (deadline.isOver()) {
      return "no policy within " + limit.toMillis() + " ms";
    }
    String words = e instanceof BadResponse ? String.valueOf(e.getMessage()) : e.toString();
    // What TLS complains of may quote the peer's certificate, and ends up in logs.
    String printable = words.replaceAll("[^\\x20-\\x7e]", "?");
    return printable.substring(0, Math.min(MOST_WORDS, printable.length()));
  }
}
