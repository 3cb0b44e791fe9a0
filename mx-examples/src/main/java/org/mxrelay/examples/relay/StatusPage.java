package org.mxrelay.examples.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page: one file that needs no other, and shows what a record says. It asks for the record anew
 * every two seconds.
 *
 * <p>Immutable.
 */
final class StatusPage {

  private static final String SCRIPT = "<script>";

  private final String before;
  private final String after;
  private final String policy;

  private StatusPage(String page) {
    int place = page.indexOf("@@NOW@@");
    this.before = page.substring(0, place);
    this.after = page.substring(place + "@@NOW@@".length());
    int script = after.lastIndexOf(SCRIPT) + SCRIPT.length();
    this.policy = policy(after.substring(script, after.indexOf("</script>", script)));
  }

  static StatusPage load() {
    try (InputStream in = StatusPage.class.getResourceAsStream("status.html")) {
      if (in == null) {
        throw new IllegalStateException("status.html is missing");
      }
      return new StatusPage(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The page as it is now.
   *
   * @param json without any {@code <}
   */
  String showing(String json) {
    return before + json + after;
  }

  /** What a browser may do for it: run its one script, and ask this server. */
  String policy() {
    return policy;
  }

  private static String policy(String script) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8));
      return "default-src 'none'; style-src 'unsafe-inline'; img-src data:; connect-src 'self';"
          + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'; script-src 'sha256-"
          + Base64.getEncoder().encodeToString(digest)
          + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
