package org.mxrelay.smtp.client;

import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.sasl.BadChallengeException;
import org.mxrelay.smtp.sasl.SaslExchange;

/**
 * Logs in (RFC 4954).
 *
 * <p>Safe for use by several threads, as far as its random source is.
 *
 * @param random draws what must not be foreseen
 */
record Authentication(Credentials credentials, RandomGenerator random) {

  /** More challenges than any mechanism has here. */
  private static final int MOST = 4;

  /** RFC 5321, 4.5.3.1.4: octets of a command line, its end left out. */
  private static final int LONGEST_COMMAND = 510;

  /**
   * AUTH and what follows, up to the reply that ends it.
   *
   * @throws SessionBrokenException also if no mechanism is in common, the secret cannot be had, or
   *     the peer is not who knows it
   */
  Reply logIn(SmtpConnection connection) throws SessionBrokenException {
    List<String> offered =
        List.of(connection.capabilities().parameter("AUTH").toUpperCase(Locale.ROOT).split("\\s+"));
    Credentials.Mechanism mechanism =
        credentials.mechanisms().stream()
            .filter(m -> offered.contains(m.word()))
            .findFirst()
            .orElseThrow(
                () ->
                    connection.broken(
                        Stage.AUTH, "no way to log in that both know; it offers " + offered));
    SecretTalk talk = new SecretTalk(connection);
    String secret = secret(talk);
    talk.hide(secret);
    try {
      return converse(talk, credentials.exchange(mechanism, secret, this::nonce));
    } catch (BadChallengeException | IllegalArgumentException e) {
      throw talk.broken(String.valueOf(e.getMessage()));
    }
  }

  /** The caller's code, of which nothing is known but that it may fail. */
  private String secret(SecretTalk talk) throws SessionBrokenException {
    try {
      return credentials.secret();
    } catch (UncheckedIOException e) {
      throw talk.broken(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      throw talk.broken("the secret cannot be had: " + e.getClass().getName());
    }
  }

  private static Reply converse(SecretTalk talk, SaslExchange exchange)
      throws SessionBrokenException, BadChallengeException {
    String command = "AUTH " + exchange.mechanism();
    Optional<String> initial = exchange.initial().map(Base64.getEncoder()::encodeToString);
    // RFC 4954, 4: what does not fit into the line waits for a challenge.
    boolean fits =
        initial.filter(i -> command.length() + 1 + i.length() <= LONGEST_COMMAND).isPresent();
    Reply reply = fits ? talk.say(command + " ", initial.get()) : talk.say(command, "");
    if (initial.isPresent() && !fits && reply.code() == 334) {
      reply = talk.say("", initial.get());
    }
    for (int i = 0; reply.code() == 334; i++) {
      if (i == MOST) {
        throw talk.broken("challenges without end");
      }
      byte[] response = exchange.respond(challenge(talk, reply));
      reply = talk.say("", Base64.getEncoder().encodeToString(response));
    }
    if (reply.isPositive()) {
      exchange.succeed();
    }
    return reply;
  }

  private static byte[] challenge(SecretTalk talk, Reply reply) throws SessionBrokenException {
    try {
      return Base64.getDecoder().decode(reply.lines().get(0).strip());
    } catch (IllegalArgumentException e) {
      throw talk.broken("a challenge that is not base64");
    }
  }

  /** 18 octets at random, which are printable in base64 and have no comma. */
  private String nonce() {
    byte[] octets = new byte[18];
    random.nextBytes(octets);
    return Base64.getEncoder().encodeToString(octets);
  }
}
