package org.mxrelay.smtp.backup.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.address.ReversePath;
import org.mxrelay.smtp.backup.FilterVerdict;
import org.mxrelay.smtp.backup.HeaderField;
import org.mxrelay.smtp.backup.SenderTrust;

class RspamdVerdictTest {

  private static final ReversePath BOB = ReversePath.parse("bob@mail.sender.example");

  @ParameterizedTest
  @CsvSource({
    "no action,      'accept'",
    "greylist,       'accept'",
    "add header,     'accept X-Spam: Yes'",
    "rewrite subject,'accept X-Spam: Yes'",
    "soft reject,    '451 4.7.1 Try again later'",
    "reject,         '554 5.7.1 Spam message rejected'",
    "discard,        '554 5.7.1 Spam message rejected'",
    "quarantine,     '554 5.7.1 Spam message rejected'",
  })
  void action_verdict(String action, String expected) throws IOException {
    assertEquals(
        expected, MilterVerdictTest.shown(verdict("{\"action\":\"" + action + "\"}", BOB)));
  }

  @Test
  void unknownAction_noVerdict() {
    assertThrows(IOException.class, () -> verdict("{\"action\":\"dance\"}", BOB));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "null", "{\"action\":1}", "nonsense"})
  void noAction_noAnswer(String json) {
    assertThrows(IOException.class, () -> verdict(json, BOB));
  }

  @ParameterizedTest
  @CsvSource({
    "Gtube pattern,          554 5.7.1 Gtube pattern",
    "5.7.9 we know you,      554 5.7.9 we know you",
    "'two\nlines',           554 5.7.1 two lines",
    "4.7.1 of another class, 554 5.7.1 4.7.1 of another class",
  })
  void rejected_inItsWords(String words, String expected) throws IOException {
    String json =
        "{\"action\":\"reject\",\"messages\":{\"smtp_message\":\""
            + words.replace("\n", "\\n")
            + "\"}}";
    assertEquals(expected, MilterVerdictTest.shown(verdict(json, BOB)));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"R_SPF_ALLOW\":{\"options\":[\"+mx\"]}',                          VOUCHED",
    "'\"R_SPF_SOFTFAIL\":{}',                                            UNKNOWN",
    "'\"R_DKIM_ALLOW\":{\"options\":[\"mail.sender.example:s=a\"]}',     VOUCHED",
    "'\"R_DKIM_ALLOW\":{\"options\":[\"x.test:s=b\",\"Sender.example:s=a\"]}', VOUCHED",
    "'\"R_DKIM_ALLOW\":{\"options\":[\"other.example:s=a\"]}',           UNKNOWN",
    "'\"R_DKIM_ALLOW\":{\"options\":[\"example:s=a\"]}',                 UNKNOWN",
    "'\"R_DKIM_ALLOW\":{\"options\":[\"ender.example:s=a\"]}',           UNKNOWN",
    "'\"R_DKIM_ALLOW\":{}',                                              UNKNOWN",
    "'\"R_DKIM_ALLOW\":17',                                              UNKNOWN",
  })
  void symbols_vouchForTheReversePath(String symbols, SenderTrust expected) throws IOException {
    String json = "{\"action\":\"no action\",\"symbols\":{" + symbols + "}}";
    assertEquals(expected, accepted(verdict(json, BOB)).sender());
  }

  @Test
  void nullReversePath_nobodyToVouchFor() throws IOException {
    String json = "{\"action\":\"no action\",\"symbols\":{\"R_SPF_ALLOW\":{}}}";
    assertEquals(SenderTrust.UNKNOWN, accepted(verdict(json, ReversePath.NULL)).sender());
  }

  @Test
  void fieldsOfAllForms_areAddedAndWhatIsNoneIsNot() throws IOException {
    String json =
        "{\"action\":\"no action\",\"milter\":{\"add_headers\":{\"X-A\":\"1\","
            + "\"X-B\":{\"value\":\"2\",\"order\":0},\"X-C\":[\"3\",{\"value\":\"4\"}],"
            + "\"X-D\":\"evil\\r\\nX-E: injected\",\"bad name\":\"5\",\"X-F\":6}}}";
    List<HeaderField> fields = accepted(verdict(json, BOB)).add();
    assertEquals(
        List.of("X-A: 1", "X-B: 2", "X-C: 3", "X-C: 4"),
        fields.stream().map(f -> f.toString().strip()).toList());
  }

  private static FilterVerdict verdict(String json, ReversePath from) throws IOException {
    return RspamdVerdict.of(RspamdAnswer.read(json.getBytes(UTF_8)), from);
  }

  private static FilterVerdict.Accept accepted(FilterVerdict verdict) {
    return (FilterVerdict.Accept) verdict;
  }
}
