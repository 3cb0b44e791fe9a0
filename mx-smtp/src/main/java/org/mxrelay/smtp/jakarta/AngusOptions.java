package org.mxrelay.smtp.jakarta;

import jakarta.mail.PasswordAuthentication;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.mxrelay.smtp.client.SmtpTimeouts;
import org.mxrelay.smtp.client.Watchdog;
import org.mxrelay.smtp.transport.Connector;

/**
 * What all attempts of a transport have in common.
 *
 * <p>Immutable.
 *
 * @param connector makes the connections
 * @param timeouts of each stage
 * @param watchdog keeps them
 * @param verifying whose certificates count; default: the JDK's
 * @param helo what EHLO says; empty for the address of the connection
 * @param properties Jakarta Mail's, those that are the caller's to set
 * @param user who to log in as, where the exchange offers AUTH
 */
record AngusOptions(
    Connector connector,
    SmtpTimeouts timeouts,
    Watchdog watchdog,
    Optional<SSLContext> verifying,
    String helo,
    Map<String, String> properties,
    Optional<PasswordAuthentication> user) {

  /** Whether TLS begins with the connection instead of with STARTTLS (RFC 8314, 3). */
  boolean implicitTls() {
    return Boolean.parseBoolean(properties.get("mail.smtp.ssl.enable"));
  }
}
