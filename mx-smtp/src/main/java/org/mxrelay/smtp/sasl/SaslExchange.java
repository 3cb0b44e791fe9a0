package org.mxrelay.smtp.sasl;

import java.util.Optional;

/**
 * The client's side of one exchange by one mechanism (RFC 4422).
 *
 * <p>Confined to the thread that uses the session.
 */
public interface SaslExchange {

  /** The mechanism's name, as it stands in AUTH. */
  String mechanism();

  /** What the client says first; nothing where the server begins. */
  Optional<byte[]> initial();

  /**
   * The response to a challenge.
   *
   * @throws BadChallengeException if the challenge is none, or betrays that the server is another
   */
  byte[] respond(byte[] challenge) throws BadChallengeException;

  /**
   * The server says that all is well.
   *
   * @throws BadChallengeException if it has not shown yet what it must show before it may say so
   */
  default void succeed() throws BadChallengeException {}
}
