package org.mxrelay.smtp.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.backup.RecipientMap.Knowledge;

class AdmissionTest {

  @Test
  void fold_answersForEachCase() {
    List<String> words =
        Stream.of(
                Admission.decide(
                    Knowledge.EXISTS, Known.NOTHING, PrimaryState.DOWN, UnknownRecipients.DEFER),
                Admission.decide(
                    Knowledge.UNKNOWN, Known.NOTHING, PrimaryState.DOWN, UnknownRecipients.DEFER),
                Admission.decide(
                    Knowledge.UNKNOWN, Known.NOTHING, PrimaryState.UP, UnknownRecipients.DEFER))
            .map(
                admission ->
                    admission.fold(
                        take -> "take", refuse -> "refuse " + refuse.reply().code(), ask -> "ask"))
            .toList();

    assertEquals(List.of("take", "refuse 450", "ask"), words);
    assertEquals(3, Admission.class.getPermittedSubclasses().length);
  }
}
