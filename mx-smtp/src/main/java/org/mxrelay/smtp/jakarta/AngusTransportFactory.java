package org.mxrelay.smtp.jakarta;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.mxrelay.smtp.client.SmtpTimeouts;
import org.mxrelay.smtp.services.OptionWords;
import org.mxrelay.smtp.transport.Transport;
import org.mxrelay.smtp.transport.TransportFactory;

/** The transport by Angus by its name, {@code angus}; Angus must be on the path. Immutable. */
public final class AngusTransportFactory implements TransportFactory {

  /** For {@link java.util.ServiceLoader}. */
  public AngusTransportFactory() {}

  @Override
  public String name() {
    return "angus";
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        "helo", "what EHLO says",
        "timeout-scale", "multiplies the time of each stage",
        "user", "who to log in as",
        "password-file", "a file whose first line is the password",
        "mechanisms", "how to log in, the best first, spaces between: PLAIN LOGIN XOAUTH2 ...",
        "tls", "starttls, or implicit where TLS begins with the connection");
  }

  @Override
  public Transport create(Map<String, String> given) {
    OptionWords words = new OptionWords("transport angus", given);
    AngusTransport.Builder builder = AngusTransport.builder();
    words.text("helo").ifPresent(builder::helo);
    words
        .positive("timeout-scale")
        .ifPresent(scale -> builder.timeouts(SmtpTimeouts.RFC5321.scaled(scale)));
    words.text("user").ifPresent(user -> builder.credentials(user, password(words)));
    words
        .text("mechanisms")
        .ifPresent(names -> builder.property("mail.smtp.auth.mechanisms", names));
    words
        .oneOf("tls", "starttls", "implicit")
        .filter("implicit"::equals)
        .ifPresent(implicit -> builder.property("mail.smtp.ssl.enable", "true"));
    return builder.build();
  }

  private static String password(OptionWords words) {
    String file = words.required("password-file");
    try {
      return Files.readAllLines(Path.of(file)).stream().findFirst().orElse("");
    } catch (IOException | InvalidPathException e) {
      throw words.refused("password-file", file, "cannot be read: " + e.getMessage());
    }
  }
}
