package org.mxrelay.smtp.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.Turn;

/** The server's side of SCRAM-SHA-256 for one session, by the JDK's own PBKDF2. */
final class ScramServer {

  private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";
  private static final int ITERATIONS = 4096;

  private final String user;
  private final String password;
  private boolean wrong;
  private String clientFirst = "";
  private String serverFirst = "";

  ScramServer(String user, String password) {
    this.user = user;
    this.password = password;
  }

  /** What it proves, it proves by another password. */
  ScramServer withAnotherSignature() {
    wrong = true;
    return this;
  }

  Behaviour behaviour() {
    return turn -> {
      try {
        turn.reply(reply(turn));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private String reply(Turn turn) throws GeneralSecurityException {
    String command = turn.command();
    if (command.startsWith("AUTH SCRAM-SHA-256 ")) {
      clientFirst = decoded(command.substring(19)).substring("n,,".length());
      String nonce = clientFirst.substring(clientFirst.indexOf("r=") + 2);
      serverFirst = "r=" + nonce + "server,s=" + SALT + ",i=" + ITERATIONS;
      return "334 " + encoded(serverFirst.getBytes(StandardCharsets.US_ASCII));
    }
    return command.isEmpty() ? "235 2.7.0 Hi" : finalMessage(decoded(command));
  }

  private String finalMessage(String clientFinal) throws GeneralSecurityException {
    int proofAt = clientFinal.indexOf(",p=");
    String message = clientFirst + "," + serverFirst + "," + clientFinal.substring(0, proofAt);
    if (!clientFirst.startsWith("n=" + user + ",")
        || !clientFinal.substring(proofAt + 3).equals(proof(message))) {
      return "535 5.7.8 No";
    }
    byte[] key = hmac(salted(wrong ? "another" : password), "Server Key");
    String signature = "v=" + encoded(hmac(key, message));
    return "334 " + encoded(signature.getBytes(StandardCharsets.US_ASCII));
  }

  private String proof(String message) throws GeneralSecurityException {
    byte[] clientKey = hmac(salted(password), "Client Key");
    byte[] stored = java.security.MessageDigest.getInstance("SHA-256").digest(clientKey);
    byte[] signature = hmac(stored, message);
    for (int i = 0; i < signature.length; i++) {
      signature[i] ^= clientKey[i];
    }
    return encoded(signature);
  }

  private static byte[] salted(String by) throws GeneralSecurityException {
    PBEKeySpec spec =
        new PBEKeySpec(by.toCharArray(), Base64.getDecoder().decode(SALT), ITERATIONS, 256);
    return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
  }

  private static byte[] hmac(byte[] key, String of) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(of.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String decoded(String text) {
    return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
  }
}
