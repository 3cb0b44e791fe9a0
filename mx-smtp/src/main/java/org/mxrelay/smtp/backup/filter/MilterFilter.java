package org.mxrelay.smtp.backup.filter;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.mxrelay.smtp.backup.ContentFilter;
import org.mxrelay.smtp.backup.FilterVerdict;
import org.mxrelay.smtp.backup.InboundMessage;

/**
 * Asks a milter (Sendmail's mail filter protocol, version 6 and down to 2) over TCP: rspamd's
 * proxy, ClamAV's, OpenDKIM's and most others. The whole conversation is played when the message is
 * there, on a connection of its own.
 *
 * <p>A milter may add header fields; they come first in the message. It may change nothing else,
 * which would break signatures. What it discards or puts into quarantine is refused: no mail is
 * dropped in silence. Since the message has one reply, a recipient that the milter refuses is
 * refused with all the others.
 *
 * <p>Safe for use by several threads.
 */
public final class MilterFilter implements ContentFilter {

  private final FilterCall call;
  private final String name;

  private MilterFilter(Builder builder) {
    this.call =
        new FilterCall(builder.address, builder.timeout, builder.whenFails, builder.threads);
    this.name = builder.name;
  }

  /**
   * Starts with the milter's address.
   *
   * @param address looked up at each message if it is unresolved
   */
  public static Builder builder(InetSocketAddress address) {
    return new Builder(address);
  }

  @Override
  public FilterVerdict filter(InboundMessage message) throws IOException, InterruptedException {
    return call.make(
        connection -> new MilterTalk(new MilterWire(connection), name, message).play());
  }

  @Override
  public void close() {
    call.close();
  }

  /** Options of a milter. Confined to one thread. */
  public static final class Builder {

    private final InetSocketAddress address;
    private String name = "localhost";
    private Duration timeout = Duration.ofMinutes(1);
    private WhenFilterFails whenFails = WhenFilterFails.DEFER;
    private ThreadFactory threads = FilterCall.daemons();

    private Builder(InetSocketAddress address) {
      this.address = address;
    }

    /** Our own name, which milters know as the macro {@code j}; default {@code localhost}. */
    public Builder name(String host) {
      this.name = host;
      return this;
    }

    /**
     * How long everything may take for one message; default one minute.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder timeout(Duration total) {
      this.timeout = FilterCall.positive(total);
      return this;
    }

    /** What becomes of a message without a verdict; default: its client comes back. */
    public Builder whenFails(WhenFilterFails then) {
      this.whenFails = then;
      return this;
    }

    /** Makes the one thread that looks after the timeouts; default: a daemon. */
    public Builder threads(ThreadFactory factory) {
      this.threads = factory;
      return this;
    }

    public MilterFilter build() {
      return new MilterFilter(this);
    }
  }
}
