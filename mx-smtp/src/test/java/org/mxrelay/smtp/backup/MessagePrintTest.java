package org.mxrelay.smtp.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.address.ReversePath;

class MessagePrintTest {

  private static Optional<MessagePrint> of(String text) {
    try {
      return PrintReader.read(
          ReversePath.parse("bob@shop.example"), BackupRig.message(text.replace("|", "\r\n")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Message-ID: <1@x>||hello|",
    "Received: a|Received: b|Message-ID: <1@x>|X: y||hello|",
    "message-id:   <1@x>  ||hello|",
    "Message-ID:| <1@x>||hello|",
    "Message-ID: <1@x>|Message-ID: <2@x>||hello|",
  })
  void sameMessage_hasTheSamePrint(String text) {
    assertEquals(of("Message-ID: <1@x>||hello|"), of(text));
  }

  @ParameterizedTest
  @CsvSource({
    "Message-ID: <1@x>||hallo|",
    "Message-ID: <2@x>||hello|",
    "Message-ID: <1@x>||hello||"
  })
  void otherMessage_hasAnother(String text) {
    assertNotEquals(of("Message-ID: <1@x>||hello|"), of(text));
  }

  @Test
  void lineEnds_countAsOnTheWire() {
    assertEquals(of("Message-ID: <1@x>|||hello|a|"), of("Message-ID: <1@x>\n\n\nhello\ra\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "Subject: x||Message-ID: <1@x>|",
    "Message-ID: ||hello",
    "''",
    "X-Message-ID: <1@x>||"
  })
  void messageWithoutMessageId_hasNone(String text) {
    assertEquals(Optional.empty(), of(text));
  }
}
