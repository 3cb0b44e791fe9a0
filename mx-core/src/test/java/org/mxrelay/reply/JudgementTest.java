package org.mxrelay.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {

  @ParameterizedTest
  @CsvSource({
    "CONNECT, NETWORK, 4.4.1",
    "GREETING, NETWORK, 4.4.2",
    "EHLO, NETWORK, 4.4.2",
    "STARTTLS, AUTH_OR_TLS, 4.7.4",
    "TLS, AUTH_OR_TLS, 4.7.5",
    "RCPT, NETWORK, 4.4.2",
    "END_OF_DATA, NETWORK, 4.4.2"
  })
  void noReply_isTransientAndSaysWhatBroke(Stage stage, Category category, String status) {
    Judgement judgement = Judgement.unanswered(stage);
    assertTrue(judgement.isTransient());
    assertEquals(category, judgement.category());
    assertEquals(status, judgement.status().toString());
  }
}
