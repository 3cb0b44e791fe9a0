package org.mxrelay.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.client.Credentials;
import org.mxrelay.smtp.client.Credentials.Over;
import org.mxrelay.smtp.client.SmartHost;
import org.mxrelay.smtp.client.SmartHost.Protocol;
import org.mxrelay.smtp.client.SmartHost.TlsStart;
import picocli.CommandLine.Option;

/** How the hosts that {@code --smart-host} names are spoken to. */
final class SmartHostOptions {

  @Option(
      names = "--smart-host-tls",
      paramLabel = "starttls|implicit",
      description = "How TLS begins at a smart host. Default: starttls.")
  private @Nullable TlsStart tls;

  @Option(names = "--lmtp", description = "Speak LMTP with the smart host (RFC 2033).")
  private boolean lmtp;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "Who to log in as at the smart host.")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "A file whose first line is the password. Read at each login.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file whose first line is an OAuth 2.0 access token. Read at each login.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--auth-over",
      paramLabel = "verified_tls|tls|anything",
      description = "What a session must have before the login. Default: verified_tls.")
  private @Nullable Over over;

  /** Whether any was given. */
  boolean areGiven() {
    return lmtp || Stream.of(tls, user, passwordFile, tokenFile, over).anyMatch(o -> o != null);
  }

  SmartHost smartHost() {
    SmartHost how = SmartHost.PLAIN.with(lmtp ? Protocol.LMTP : Protocol.SMTP);
    if (tls != null) {
      how = how.with(tls);
    }
    if (user == null) {
      requireUser();
      return how;
    }
    Credentials login = login(user);
    return how.with(over == null ? login : login.over(over));
  }

  private void requireUser() {
    Object orphan = passwordFile != null ? passwordFile : tokenFile != null ? tokenFile : over;
    if (orphan != null) {
      String shown =
          orphan instanceof Over o ? o.name().toLowerCase(Locale.ROOT) : orphan.toString();
      throw UsageError.of("--user", "", "is missing beside " + shown);
    }
  }

  private Credentials login(String name) {
    if ((passwordFile == null) == (tokenFile == null)) {
      throw UsageError.of("--user", name, "needs --password-file or --token-file, and one alone");
    }
    try {
      return passwordFile != null
          ? Credentials.password(
              name, Credentials.firstLineOf(readable("--password-file", passwordFile)))
          : Credentials.token(name, Credentials.firstLineOf(readable("--token-file", tokenFile)));
    } catch (IllegalArgumentException e) {
      throw UsageError.of("--user", name, Failures.reason(e));
    }
  }

  static Path readable(String option, @Nullable Path file) {
    if (file == null || !Files.isReadable(file)) {
      throw UsageError.of(option, String.valueOf(file), "cannot be read");
    }
    return file;
  }
}
