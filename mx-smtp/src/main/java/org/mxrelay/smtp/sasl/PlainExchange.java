package org.mxrelay.smtp.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** PLAIN (RFC 4616): all in one message, in the clear. */
public final class PlainExchange implements SaslExchange {

  private final String user;
  private final String password;

  /**
   * RFC 4616, 2: as they are; to prepare them is the server's affair.
   *
   * @throws IllegalArgumentException if one holds NUL, which separates them
   */
  public PlainExchange(String user, String password) {
    if (user.indexOf(0) >= 0 || password.indexOf(0) >= 0) {
      throw new IllegalArgumentException("NUL in a user or a password");
    }
    this.user = user;
    this.password = password;
  }

  @Override
  public String mechanism() {
    return "PLAIN";
  }

  @Override
  public Optional<byte[]> initial() {
    // RFC 4616, 2: no identity to act as, so that it is the user's own.
    return Optional.of(("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public byte[] respond(byte[] challenge) throws BadChallengeException {
    throw new BadChallengeException("a challenge in PLAIN, which has none");
  }
}
