package org.mxrelay.smtp.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * SCRAM-SHA-256 (RFC 5802, RFC 7677), without channel binding: the password does not travel, and
 * the server shows that it knows it too.
 */
public final class ScramExchange implements SaslExchange {

  /** RFC 5802, 6: the client can no channel binding. */
  private static final String GS2 = "n,,";

  private enum Step {
    FIRST,
    FINAL,
    DONE
  }

  private final String user;
  private final String password;
  private final String nonce;
  private Step step = Step.FIRST;
  private byte[] expected = new byte[0];

  /**
   * @param nonce drawn at random for this exchange alone; printable ASCII without commas
   * @throws IllegalArgumentException if the user or the password has a character that is prohibited
   */
  public ScramExchange(String user, String password, String nonce) {
    this.user = SaslPrep.prepared("user", user);
    this.password = SaslPrep.prepared("password", password);
    this.nonce = nonce;
  }

  @Override
  public String mechanism() {
    return "SCRAM-SHA-256";
  }

  @Override
  public Optional<byte[]> initial() {
    return Optional.of(bytes(GS2 + firstBare()));
  }

  @Override
  public byte[] respond(byte[] challenge) throws BadChallengeException {
    String text = new String(challenge, StandardCharsets.UTF_8);
    return switch (step) {
      case FIRST -> prove(text);
      case FINAL -> verify(text);
      case DONE -> throw new BadChallengeException("SCRAM: a challenge after the last");
    };
  }

  @Override
  public void succeed() throws BadChallengeException {
    if (step != Step.DONE) {
      // RFC 5802, 3: or anybody in between could say so.
      throw new BadChallengeException("SCRAM: success, but the server has proved nothing");
    }
  }

  private byte[] prove(String serverFirst) throws BadChallengeException {
    ScramChallenge challenge = ScramChallenge.parse(serverFirst, nonce);
    byte[] salt = ScramChallenge.decoded(challenge.salt());
    ScramKeys keys = ScramKeys.of(password, salt, challenge.iterations());
    // biws is "n,," in base64 (RFC 5802, 7).
    String withoutProof = "c=biws,r=" + challenge.nonce();
    byte[] authMessage = bytes(firstBare() + "," + serverFirst + "," + withoutProof);
    expected = keys.serverSignature(authMessage);
    step = Step.FINAL;
    String proof = Base64.getEncoder().encodeToString(keys.clientProof(authMessage));
    return bytes(withoutProof + ",p=" + proof);
  }

  private byte[] verify(String serverFinal) throws BadChallengeException {
    String signature = serverFinal.split(",", 2)[0];
    if (!signature.startsWith("v=")
        || !MessageDigest.isEqual(expected, ScramChallenge.decoded(signature.substring(2)))) {
      throw new BadChallengeException("SCRAM: the server does not know the password");
    }
    step = Step.DONE;
    return new byte[0];
  }

  /** RFC 5802, 5.1: a comma and an equals sign in the name are written otherwise. */
  private String firstBare() {
    return "n=" + user.replace("=", "=3D").replace(",", "=2C") + ",r=" + nonce;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
