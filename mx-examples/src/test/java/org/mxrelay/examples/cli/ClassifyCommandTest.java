package org.mxrelay.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifyCommandTest {

  private static JsonObject judged(String line) {
    Shell.Ran ran = Shell.runWith(line + "\n", "classify", "--json");
    assertEquals(ExitCodes.OK, ran.exit(), ran::toString);
    return ran.json().get(0);
  }

  @Test
  void relayed_isDelivered() {
    JsonObject o =
        judged(
            "{\"id\":7,\"stage\":\"end-of-data\",\"code\":250,\"enhanced\":null,\"text\":\"ok\"}");

    assertEquals("7", o.get("id").toString());
    assertEquals("relayed", o.get("verdict").getAsString());
    assertEquals("delivered", o.get("category").getAsString());
    assertEquals(false, o.get("permanent").getAsBoolean());
  }

  @Test
  void refusal_hasVerdictStatusAndRule() {
    JsonObject o =
        judged(
            "{\"id\":\"r\\u00e9\",\"stage\":null,\"code\":550,\"enhanced\":\"5.1.1\",\"text\":\"No such user \\ud83d\\ude00\"}");

    assertEquals("ré", o.get("id").getAsString());
    assertEquals("permanent", o.get("verdict").getAsString());
    assertEquals(true, o.get("permanent").getAsBoolean());
    assertEquals("5.1.1", o.get("status").getAsString());
    assertEquals("recipient-unknown", o.get("category").getAsString());
    assertTrue(o.get("rule").getAsString().length() > 1);
  }

  @ParameterizedTest
  @CsvSource({"connect", "EHLO"})
  void anyRefusalBeforeMail_isTransient(String stage) {
    JsonObject o =
        judged(
            "{\"id\":1,\"stage\":\""
                + stage
                + "\",\"code\":554,\"enhanced\":null,\"text\":\"go away\"}");

    assertEquals("transient", o.get("verdict").getAsString());
    assertTrue(o.get("status").getAsString().startsWith("4."), o::toString);
  }

  @Test
  void enhancedCodeOfAnotherClass_doesNotDecide() {
    JsonObject o =
        judged("{\"id\":1,\"stage\":\"RCPT\",\"code\":450,\"enhanced\":\"5.1.1\",\"text\":\"hm\"}");

    assertEquals("transient", o.get("verdict").getAsString());
  }

  @Test
  void textOfSeveralLines_isOneReply() {
    JsonObject o =
        judged(
            "{\"id\":1,\"stage\":\"RCPT\",\"code\":450,\"enhanced\":null,\"text\":\"one\\r\\ntwo\\nthree\"}");

    assertEquals("transient", o.get("verdict").getAsString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          nonsense                                      | not JSON
          {"id":1,"code":550,"text":"x"                 | not JSON
          [1]                                           | not a JSON object
          {"id":1,"text":"x"}                           | "code"
          {"id":1,"code":99,"text":"x"}                 | 99
          {"id":1,"code":550.7,"text":"x"}              | 550.7
          {"id":1,"code":550,"stage":"BYE","text":"x"}  | "stage"
          {"id":1,"code":550,"text":["x"]}              | "text"
          """)
  void badLine_isNamedAndTheOthersAreJudged(String bad, String why) {
    String good = "{\"id\":2,\"stage\":null,\"code\":250,\"text\":\"ok\"}";

    Shell.Ran ran = Shell.runWith(good + "\n" + bad + "\n\n" + good + "\n", "classify");

    assertEquals(ExitCodes.USAGE, ran.exit(), ran::toString);
    assertEquals(2, ran.json().size());
    assertTrue(ran.err().startsWith("mx classify: line 2: "), ran::toString);
    assertTrue(ran.err().contains(why), ran::toString);
    assertEquals(1, ran.err().lines().count());
  }
}
