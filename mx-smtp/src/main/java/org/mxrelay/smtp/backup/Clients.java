package org.mxrelay.smtp.backup;

import org.mxrelay.address.Domain;
import org.mxrelay.smtp.client.SmtpTransport;

/**
 * Who speaks with the primary. Each has the caller's options, and timeouts of its own.
 *
 * <p>Safe for use by several threads.
 *
 * @param live has the sessions for which somebody waits
 * @param forwarding hands over what was queued, unless the caller has another transport for that
 */
record Clients(SmtpTransport live, SmtpTransport forwarding) implements AutoCloseable {

  static Clients of(BackupMxBuilder with, Options options) {
    String[] self = options.self().names().stream().map(Domain::name).toArray(String[]::new);
    SmtpTransport.Builder live =
        client(with, options).timeouts(with.timeouts).threads(with.threads);
    return new Clients(live.build(), client(with, options).self(self).build());
  }

  private static SmtpTransport.Builder client(BackupMxBuilder with, Options options) {
    return with.client.apply(SmtpTransport.builder()).helo(options.helo()).clock(with.clock);
  }

  /** Closing the one that forwards once more than the relay does changes nothing. */
  @Override
  public void close() {
    live.close();
    forwarding.close();
  }
}
