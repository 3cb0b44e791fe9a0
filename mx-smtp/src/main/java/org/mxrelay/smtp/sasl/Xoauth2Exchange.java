package org.mxrelay.smtp.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** XOAUTH2: an OAuth 2.0 access token in place of a password, as large providers ask for it. */
public final class Xoauth2Exchange implements SaslExchange {

  private static final char SEPARATOR = 1;

  private final String user;
  private final String token;
  private boolean refused;

  /**
   * @throws IllegalArgumentException if one holds a control character, which separates fields
   */
  public Xoauth2Exchange(String user, String token) {
    if ((user + token).chars().anyMatch(c -> c < ' ')) {
      throw new IllegalArgumentException("a control character in a user or a token");
    }
    this.user = user;
    this.token = token;
  }

  @Override
  public String mechanism() {
    return "XOAUTH2";
  }

  @Override
  public Optional<byte[]> initial() {
    String said = "user=" + user + SEPARATOR + "auth=Bearer " + token + SEPARATOR + SEPARATOR;
    return Optional.of(said.getBytes(StandardCharsets.UTF_8));
  }

  /** A challenge tells why the token is not good; an empty response fetches the refusal. */
  @Override
  public byte[] respond(byte[] challenge) throws BadChallengeException {
    if (refused) {
      throw new BadChallengeException("a second challenge in XOAUTH2");
    }
    refused = true;
    return new byte[0];
  }

  @Override
  public void succeed() throws BadChallengeException {
    if (refused) {
      throw new BadChallengeException("success after the token was refused");
    }
  }
}
