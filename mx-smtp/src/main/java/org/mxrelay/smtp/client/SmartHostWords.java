package org.mxrelay.smtp.client;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mxrelay.smtp.client.Credentials.Mechanism;
import org.mxrelay.smtp.client.Credentials.Over;
import org.mxrelay.smtp.client.SmartHost.Protocol;
import org.mxrelay.smtp.client.SmartHost.TlsStart;
import org.mxrelay.smtp.services.OptionWords;

/** How a smart host is spoken to, from options in words. Stateless. */
final class SmartHostWords {

  static final Map<String, String> OPTIONS =
      Map.of(
          "user", "who to log in as at the hosts of static routes",
          "password-file", "a file whose first line is the password",
          "token-file", "a file whose first line is an OAuth 2.0 access token",
          "mechanisms", "how to log in, the best first, spaces between: SCRAM-SHA-256 PLAIN LOGIN",
          "auth-over", "what the login needs: verified-tls, tls or anything",
          "tls", "starttls, or implicit where TLS begins with the connection",
          "protocol", "smtp or lmtp");

  private SmartHostWords() {}

  static SmartHost smartHost(OptionWords words) {
    SmartHost how = SmartHost.PLAIN;
    if (words.oneOf("protocol", "smtp", "lmtp").filter("lmtp"::equals).isPresent()) {
      how = how.with(Protocol.LMTP);
    }
    if (words.oneOf("tls", "starttls", "implicit").filter("implicit"::equals).isPresent()) {
      how = how.with(TlsStart.IMPLICIT);
    }
    return words.text("user").isPresent() ? how.with(credentials(words)) : how;
  }

  private static Credentials credentials(OptionWords words) {
    String user = words.required("user");
    Optional<String> token = words.text("token-file");
    Credentials login =
        token.isPresent()
            ? Credentials.token(user, firstLine(words, "token-file"))
            : Credentials.password(user, firstLine(words, "password-file"));
    Optional<Over> over =
        words
            .oneOf("auth-over", "verified-tls", "tls", "anything")
            .map(word -> Over.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')));
    Optional<String> mechanisms = words.text("mechanisms");
    Credentials by = mechanisms.isPresent() ? login.by(mechanisms(words, mechanisms.get())) : login;
    return over.isPresent() ? by.over(over.get()) : by;
  }

  private static Mechanism[] mechanisms(OptionWords words, String names) {
    return Arrays.stream(names.strip().split("\\s+"))
        .map(
            name ->
                Arrays.stream(Mechanism.values())
                    .filter(m -> m.word().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> words.refused("mechanisms", names, "not known: " + name)))
        .toArray(Mechanism[]::new);
  }

  /** What is in the file is asked for later; that it is there, now. */
  static Supplier<String> firstLine(OptionWords words, String option) {
    String file = words.required(option);
    try {
      Path path = Path.of(file);
      if (Files.isReadable(path)) {
        return Credentials.firstLineOf(path);
      }
    } catch (InvalidPathException e) {
      // The same message as for a file that is not there.
    }
    throw words.refused(option, file, "cannot be read");
  }
}
