package org.mxrelay.smtp.sasl;

import java.util.Base64;

/**
 * The server's first message in SCRAM (RFC 5802, 7).
 *
 * <p>Immutable.
 *
 * @param nonce the client's and the server's
 * @param salt in base64
 */
record ScramChallenge(String nonce, String salt, int iterations) {

  /** RFC 7677, 4: less would make the password easy to guess for whoever poses as the server. */
  private static final int FEWEST = 4_096;

  /** Each costs the client time, and the server says how many. */
  private static final int MOST = 1_000_000;

  static ScramChallenge parse(String text, String clientNonce) throws BadChallengeException {
    String[] fields = text.split(",", -1);
    if (fields.length < 3) {
      // Also the mandatory extension "m=", which comes first and is not known here.
      throw new BadChallengeException("SCRAM: not a first message of a server");
    }
    String nonce = value(fields[0], "r=");
    if (!nonce.startsWith(clientNonce) || nonce.length() == clientNonce.length()) {
      throw new BadChallengeException("SCRAM: the nonce is not ours with one of the server's");
    }
    String salt = value(fields[1], "s=");
    if (decoded(salt).length == 0) {
      throw new BadChallengeException("SCRAM: no salt");
    }
    return new ScramChallenge(nonce, salt, iterations(value(fields[2], "i=")));
  }

  private static String value(String field, String name) throws BadChallengeException {
    if (!field.startsWith(name)) {
      throw new BadChallengeException("SCRAM: expected " + name);
    }
    return field.substring(name.length());
  }

  private static int iterations(String digits) throws BadChallengeException {
    int count = digits.matches("\\d{1,7}") ? Integer.parseInt(digits) : 0;
    if (count < FEWEST || count > MOST) {
      throw new BadChallengeException("SCRAM: an iteration count not in " + FEWEST + ".." + MOST);
    }
    return count;
  }

  static byte[] decoded(String base64) throws BadChallengeException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new BadChallengeException("SCRAM: not base64");
    }
  }
}
