package org.mxrelay.smtp.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What SCRAM-SHA-256 makes of a password (RFC 5802, 3). Confined to one exchange. */
final class ScramKeys {

  private static final String HMAC = "HmacSHA256";

  private final byte[] clientKey;
  private final byte[] serverKey;

  private ScramKeys(byte[] salted) {
    this.clientKey = hmac(salted, "Client Key".getBytes(StandardCharsets.US_ASCII));
    this.serverKey = hmac(salted, "Server Key".getBytes(StandardCharsets.US_ASCII));
  }

  static ScramKeys of(String password, byte[] salt, int iterations) {
    return new ScramKeys(salted(password.getBytes(StandardCharsets.UTF_8), salt, iterations));
  }

  byte[] clientProof(byte[] authMessage) {
    byte[] signature = hmac(sha256(clientKey), authMessage);
    byte[] proof = clientKey.clone();
    xor(proof, signature);
    return proof;
  }

  byte[] serverSignature(byte[] authMessage) {
    return hmac(serverKey, authMessage);
  }

  /** RFC 5802, 2.2: Hi(), which is one block of PBKDF2. */
  private static byte[] salted(byte[] password, byte[] salt, int iterations) {
    Mac mac = mac(password);
    mac.update(salt);
    byte[] block = mac.doFinal(new byte[] {0, 0, 0, 1});
    byte[] sum = block.clone();
    for (int i = 1; i < iterations; i++) {
      block = mac.doFinal(block);
      xor(sum, block);
    }
    return sum;
  }

  private static void xor(byte[] into, byte[] other) {
    for (int i = 0; i < into.length; i++) {
      into[i] ^= other[i];
    }
  }

  private static byte[] hmac(byte[] key, byte[] of) {
    return mac(key).doFinal(of);
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no " + HMAC, e);
    }
  }

  private static byte[] sha256(byte[] of) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(of);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }
}
