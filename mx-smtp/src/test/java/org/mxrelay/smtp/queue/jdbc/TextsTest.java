package org.mxrelay.smtp.queue.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.message.EnvelopeOptions;
import org.mxrelay.smtp.message.EnvelopeOptions.HeaderForm;
import org.mxrelay.smtp.message.EnvelopeOptions.Ret;
import org.mxrelay.smtp.message.EnvelopeOptions.SenderTls;

class TextsTest {

  private static final EnvelopeOptions ALL =
      EnvelopeOptions.NONE
          .withRet(Ret.HDRS)
          .withEnvid("order 7")
          .withTls(SenderTls.REQUIRED)
          .withUtf8(HeaderForm.UTF8);

  @Test
  void options_areReadAsTheyWereWritten() {
    assertEquals(EnvelopeOptions.NONE, Texts.options(Texts.options(EnvelopeOptions.NONE)));
    assertEquals(ALL, Texts.options(Texts.options(ALL)));
    assertEquals(ALL.withPriority(-9), Texts.options(Texts.options(ALL.withPriority(-9))));
  }

  @Test
  void optionsOfARowWithoutAPriority_areRead() {
    assertEquals(ALL, Texts.options("HDRS\torder 7\tREQUIRED\tUTF8"));
  }
}
