package org.mxrelay.smtp.sasl;

/** A challenge that no server sends that knows who is logging in. Its message holds no secret. */
public final class BadChallengeException extends Exception {

  private static final long serialVersionUID = 1L;

  BadChallengeException(String why) {
    super(why);
  }
}
