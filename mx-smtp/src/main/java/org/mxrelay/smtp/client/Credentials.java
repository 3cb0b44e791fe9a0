package org.mxrelay.smtp.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mxrelay.smtp.sasl.LoginExchange;
import org.mxrelay.smtp.sasl.PlainExchange;
import org.mxrelay.smtp.sasl.SaslExchange;
import org.mxrelay.smtp.sasl.ScramExchange;
import org.mxrelay.smtp.sasl.Xoauth2Exchange;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.SessionFacts.TlsFacts;

/**
 * Who to log in as at a smart host (RFC 4954). The secret is asked for at each login, so that it
 * may change meanwhile, and is never part of a log, a result or an error.
 *
 * <p>Immutable. The supplier of the secret may be called by several threads; it should not block
 * for long, since no deadline holds it.
 */
public final class Credentials {

  /** How to log in. */
  public enum Mechanism {
    /** RFC 7677: the password does not travel, and the server proves that it knows it. */
    SCRAM_SHA_256("SCRAM-SHA-256"),
    /** RFC 4616. */
    PLAIN("PLAIN"),
    /** For old servers. */
    LOGIN("LOGIN"),
    /** An OAuth 2.0 access token. */
    XOAUTH2("XOAUTH2");

    private final String word;

    Mechanism(String word) {
      this.word = word;
    }

    /** As it stands in AUTH. */
    String word() {
      return word;
    }
  }

  /** What a session must have before anything of the secret is said in it. */
  public enum Over {
    /** TLS with a certificate that is valid for the host's name; the default. */
    VERIFIED_TLS,
    /** TLS with anybody: who sits in between may read the secret. */
    TLS,
    /** Nothing: everybody on the way may read it, unless the mechanism is SCRAM. */
    ANYTHING;

    boolean isMetBy(Optional<TlsFacts> tls) {
      return switch (this) {
        case VERIFIED_TLS ->
            tls.filter(t -> t.certificate() != SessionFacts.Certificate.UNVERIFIED).isPresent();
        case TLS -> tls.isPresent();
        case ANYTHING -> true;
      };
    }
  }

  private final String user;
  private final Supplier<String> secret;
  private final List<Mechanism> mechanisms;
  private final Over over;

  private Credentials(String user, Supplier<String> secret, List<Mechanism> mechanisms, Over over) {
    if (user.isEmpty()) {
      throw new IllegalArgumentException("user: empty");
    }
    if (mechanisms.isEmpty()) {
      throw new IllegalArgumentException("mechanisms: none");
    }
    this.user = user;
    this.secret = secret;
    this.mechanisms = List.copyOf(mechanisms);
    this.over = over;
  }

  /**
   * A user with a password: SCRAM-SHA-256 where it is offered, else PLAIN, else LOGIN.
   *
   * @throws IllegalArgumentException if the user is empty
   */
  public static Credentials password(String user, Supplier<String> password) {
    return new Credentials(
        user,
        password,
        List.of(Mechanism.SCRAM_SHA_256, Mechanism.PLAIN, Mechanism.LOGIN),
        Over.VERIFIED_TLS);
  }

  /**
   * A user with an OAuth 2.0 access token, by XOAUTH2.
   *
   * @throws IllegalArgumentException if the user is empty
   */
  public static Credentials token(String user, Supplier<String> accessToken) {
    return new Credentials(user, accessToken, List.of(Mechanism.XOAUTH2), Over.VERIFIED_TLS);
  }

  /** What the first line of a file says each time it is asked for, such as a password. */
  public static Supplier<String> firstLineOf(Path file) {
    return () -> {
      try (var lines = Files.lines(file)) {
        return lines.findFirst().orElse("");
      } catch (IOException e) {
        throw new UncheckedIOException("the secret cannot be read: " + e.getMessage(), e);
      }
    };
  }

  /**
   * The same, by these mechanisms alone.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Credentials by(Mechanism... bestFirst) {
    return new Credentials(user, secret, List.of(bestFirst), over);
  }

  /** The same, with another demand on the session. */
  public Credentials over(Over least) {
    return new Credentials(user, secret, mechanisms, least);
  }

  Over over() {
    return over;
  }

  List<Mechanism> mechanisms() {
    return mechanisms;
  }

  /**
   * The secret as it is now.
   *
   * @throws UncheckedIOException if it cannot be had
   */
  String secret() {
    return secret.get();
  }

  SaslExchange exchange(Mechanism by, String secretNow, Supplier<String> nonce) {
    return switch (by) {
      case SCRAM_SHA_256 -> new ScramExchange(user, secretNow, nonce.get());
      case PLAIN -> new PlainExchange(user, secretNow);
      case LOGIN -> new LoginExchange(user, secretNow);
      case XOAUTH2 -> new Xoauth2Exchange(user, secretNow);
    };
  }

  /** For logs: the user and no secret. */
  @Override
  public String toString() {
    return "credentials of " + user;
  }
}
