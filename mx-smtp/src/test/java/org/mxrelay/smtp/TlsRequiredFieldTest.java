package org.mxrelay.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;
import org.mxrelay.smtp.message.MessageSource;

class TlsRequiredFieldTest {

  private static MessageSource message(String header) {
    return MessageSource.of(
        (header.replace("/", "\r\n") + "\r\n\r\nTLS-Required: No\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TLS-Required: No                      | true",
        "tls-required:no                       | true",
        "From: a@b/TLS-REQUIRED: NO/Subject: x | true",
        "TLS-Required:/ No                     | true",
        "TLS-Required: Yes                     | false",
        "TLS-Required: No way                  | false",
        "TLS-Required: No/TLS-Required: No     | false",
        "TLS-Required:                         | false",
        "X-TLS-Required: No                    | false",
        "Subject: x/ TLS-Required: No          | false",
        "Subject: nothing                      | false"
      })
  void header_decides(String header, boolean waived) throws IOException {
    assertEquals(waived, TlsRequiredField.saysNo(message(header)));
  }

  @Test
  void endlessHeader_endsSomewhere() throws IOException {
    String endless = "Subject: " + "x".repeat(1 << 20) + "/TLS-Required: No";
    assertFalse(TlsRequiredField.saysNo(message(endless)));
    assertFalse(TlsRequiredField.saysNo(MessageSource.of(new byte[0])));
  }

  @Test
  void submission_heedsItUnlessTheEnvelopeSaysOtherwise() {
    Envelope plain = Envelope.from("a@shop.example").to("b@example.org");
    assertEquals(SenderTls.WAIVED, submitted(plain));
    EnvelopeOptions required = EnvelopeOptions.NONE.withTls(SenderTls.REQUIRED);
    assertEquals(SenderTls.REQUIRED, submitted(plain.with(required)));
  }

  private static SenderTls submitted(Envelope envelope) {
    return SubmissionFactory.system()
        .create(envelope, message("TLS-Required: No"))
        .envelope()
        .options()
        .tls();
  }
}
