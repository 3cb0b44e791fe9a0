package org.mxrelay.smtp.backup.filter;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.mxrelay.smtp.backup.ContentFilter;
import org.mxrelay.smtp.backup.FilterVerdict;
import org.mxrelay.smtp.backup.InboundMessage;

/**
 * Asks rspamd, by the HTTP protocol of its normal worker ({@code POST /checkv2}).
 *
 * <p>Its actions: {@code reject} refuses in its words, as {@code discard} and {@code quarantine}
 * do, for no mail is dropped in silence; {@code soft reject} asks the client to come back; {@code
 * add header} and {@code rewrite subject} add {@code X-Spam: Yes}, and change nothing that may be
 * signed; {@code greylist} and {@code no action} accept. Fields that its modules add are added. SPF
 * that passes, and a DKIM signature of the reverse-path's domain or of one above it, vouch for the
 * sender.
 *
 * <p>Safe for use by several threads.
 */
public final class RspamdFilter implements ContentFilter {

  private static final int USUAL_PORT = 11333;
  private static final String USUAL_PATH = "/checkv2";

  private final FilterCall call;
  private final String path;
  private final String host;
  private final String password;

  private RspamdFilter(Builder builder) {
    URI url = builder.url;
    int port = url.getPort() < 0 ? USUAL_PORT : url.getPort();
    this.host = url.getHost() + ":" + port;
    this.path = List.of("", "/").contains(url.getRawPath()) ? USUAL_PATH : url.getRawPath();
    this.password = builder.password;
    InetSocketAddress address = InetSocketAddress.createUnresolved(bare(url.getHost()), port);
    this.call = new FilterCall(address, builder.timeout, builder.whenFails, builder.threads);
  }

  /**
   * Starts with where rspamd's normal worker listens.
   *
   * @param url {@code http://host[:port][/path]}; port 11333 and the path {@code /checkv2} if it
   *     names none
   * @throws IllegalArgumentException if it is no such URL
   */
  public static Builder builder(URI url) {
    boolean plain = "http".equals(url.getScheme()) && url.getHost() != null;
    if (!plain || url.getRawQuery() != null || url.getRawUserInfo() != null) {
      throw new IllegalArgumentException("rspamd: " + url + " is not http://host[:port][/path]");
    }
    return new Builder(url);
  }

  @Override
  public FilterVerdict filter(InboundMessage message) throws IOException, InterruptedException {
    List<String> head = RspamdRequest.head(path, host, message, password);
    return call.make(
        connection ->
            RspamdVerdict.of(
                RspamdAnswer.read(
                    HttpPost.send(connection, head, message.facts().size(), message.source())),
                message.envelope().reversePath()));
  }

  @Override
  public void close() {
    call.close();
  }

  /** An IPv6 address without its brackets. */
  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Options of rspamd. Confined to one thread. */
  public static final class Builder {

    private final URI url;
    private String password = "";
    private Duration timeout = Duration.ofSeconds(30);
    private WhenFilterFails whenFails = WhenFilterFails.DEFER;
    private ThreadFactory threads = FilterCall.daemons();

    private Builder(URI url) {
      this.url = url;
    }

    /**
     * What the worker asks for; default: nothing.
     *
     * @throws IllegalArgumentException if it has other characters than printable ASCII
     */
    public Builder password(String word) {
      if (word.chars().anyMatch(c -> c < ' ' || c >= 127)) {
        throw new IllegalArgumentException("password: not of printable ASCII");
      }
      this.password = word;
      return this;
    }

    /**
     * How long everything may take for one message; default 30 s.
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

    public RspamdFilter build() {
      return new RspamdFilter(this);
    }
  }
}
