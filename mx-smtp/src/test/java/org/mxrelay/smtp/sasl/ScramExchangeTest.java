package org.mxrelay.smtp.sasl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchange of RFC 7677, 3, and what must not be taken for one. */
class ScramExchangeTest {

  private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
  private static final String SERVER_NONCE = NONCE + "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
  private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";
  private static final String FIRST = "r=" + SERVER_NONCE + ",s=" + SALT + ",i=4096";
  private static final String FINAL = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

  private final ScramExchange scram = new ScramExchange("user", "pencil", NONCE);

  @Test
  void exampleOfTheRfc_isSpokenToTheLetter() throws Exception {
    assertEquals("n,,n=user,r=" + NONCE, text(scram.initial().orElseThrow()));
    assertEquals(
        "c=biws,r=" + SERVER_NONCE + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
        text(scram.respond(bytes(FIRST))));
    assertArrayEquals(new byte[0], scram.respond(bytes(FINAL)));
    assertDoesNotThrow(scram::succeed);
  }

  @Test
  void wrongSignature_isNoServerOfOurs() throws Exception {
    scram.respond(bytes(FIRST));
    BadChallengeException e =
        assertThrows(
            BadChallengeException.class,
            () -> scram.respond(bytes("v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")));
    assertTrue(e.getMessage().contains("does not know the password"), e.getMessage());
  }

  @Test
  void errorInsteadOfASignature_isNoProof() throws Exception {
    scram.respond(bytes(FIRST));
    assertThrows(BadChallengeException.class, () -> scram.respond(bytes("e=other-error")));
  }

  @Test
  void successWithoutProof_isNotBelieved() throws Exception {
    assertThrows(BadChallengeException.class, scram::succeed);
    scram.respond(bytes(FIRST));
    assertThrows(BadChallengeException.class, scram::succeed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "r=" + SERVER_NONCE,
        "m=ext,r=" + SERVER_NONCE + ",s=" + SALT + ",i=4096",
        "r=" + NONCE + ",s=" + SALT + ",i=4096",
        "r=another" + SERVER_NONCE + ",s=" + SALT + ",i=4096",
        "r=" + SERVER_NONCE + ",s=,i=4096",
        "r=" + SERVER_NONCE + ",s=%%%,i=4096",
        "r=" + SERVER_NONCE + ",s=" + SALT + ",i=4095",
        "r=" + SERVER_NONCE + ",s=" + SALT + ",i=1000001",
        "r=" + SERVER_NONCE + ",s=" + SALT + ",i=99999999999",
        "r=" + SERVER_NONCE + ",s=" + SALT + ",i=-1",
      })
  void firstMessageThatIsNone_isRefused(String first) {
    assertThrows(BadChallengeException.class, () -> scram.respond(bytes(first)));
  }

  @Test
  void commaAndEqualsSignInTheName_areEscaped() {
    ScramExchange odd = new ScramExchange("a,b=c", "x", "n");
    assertEquals("n,,n=a=2Cb=3Dc,r=n", text(odd.initial().orElseThrow()));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
