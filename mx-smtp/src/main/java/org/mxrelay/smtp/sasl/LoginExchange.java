package org.mxrelay.smtp.sasl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** LOGIN, which no RFC has and old servers have alone: the user, then the password. */
public final class LoginExchange implements SaslExchange {

  private final Deque<String> left;

  public LoginExchange(String user, String password) {
    this.left = new ArrayDeque<>(List.of(user, password));
  }

  @Override
  public String mechanism() {
    return "LOGIN";
  }

  @Override
  public Optional<byte[]> initial() {
    return Optional.empty();
  }

  /** What the challenges say differs from server to server; their order does not. */
  @Override
  public byte[] respond(byte[] challenge) throws BadChallengeException {
    if (left.isEmpty()) {
      throw new BadChallengeException("a third challenge in LOGIN, which has two");
    }
    return left.removeFirst().getBytes(StandardCharsets.UTF_8);
  }
}
