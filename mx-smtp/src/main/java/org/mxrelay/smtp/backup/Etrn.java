package org.mxrelay.smtp.backup;

import java.net.InetAddress;
import java.util.Optional;
import org.mxrelay.address.Domain;
import org.mxrelay.address.InvalidAddressException;
import org.mxrelay.address.IpAddress;
import org.mxrelay.reply.Reply;

/**
 * Answers ETRN (RFC 1985): the primary says that it is back. Anybody else has no business with it.
 *
 * <p>Safe for use by several threads.
 */
record Etrn(Primaries primaries, Dialer dialer, Watch watch, Release release) {

  Reply answer(InetAddress from, String argument) throws InterruptedException {
    Domain domain;
    try {
      domain = Domain.of(argument.startsWith("@") ? argument.substring(1) : argument);
    } catch (InvalidAddressException e) {
      return Reply.of(501, "5.5.4 Syntax: ETRN domain");
    }
    Optional<Primary> primary = primaries.of(domain);
    if (primary.isEmpty() || !isAt(from, domain)) {
      // RFC 1985, 5.3
      return Reply.of(459, "4.7.1 Node " + domain + " not allowed: you are not its primary");
    }
    // Whatever is believed of it: that it asks says that it is there, and a probe will find so.
    watch.announced(primary.get());
    int started = release.backlog(primary.get());
    return started == 0
        ? Reply.of(251, "2.0.0 Ok, no messages waiting for node " + domain)
        : Reply.of(
            253, "2.0.0 Ok, " + started + " pending messages for node " + domain + " started");
  }

  private boolean isAt(InetAddress from, Domain domain) throws InterruptedException {
    InetAddress plain = IpAddress.unmapped(from);
    return dialer.routes(domain).stream()
        .anyMatch(r -> IpAddress.unmapped(r.address().getAddress()).equals(plain));
  }
}
