package org.mxrelay.smtp.testkit;

import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.mxrelay.smtp.client.SmtpTimeouts;
import org.mxrelay.smtp.transport.Transport;

/** What the contracts of transports need to know of one. */
public interface TransportFixture {

  /**
   * A new transport, which the contract closes.
   *
   * @param timeouts the total time of each stage, where it has such stages
   * @param trusted whose certificates count, where it does TLS
   */
  Transport open(SmtpTimeouts timeouts, SSLContext trusted);

  /** A new transport with patience. */
  default Transport open() {
    try {
      return open(SmtpTimeouts.RFC5321, SSLContext.getDefault());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
