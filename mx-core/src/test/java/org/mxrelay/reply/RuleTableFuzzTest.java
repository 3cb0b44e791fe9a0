package org.mxrelay.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/** Whatever stands in an owner's table, it is refused with its line or breaks no law. */
class RuleTableFuzzTest {

  private static final String[] TEXTS = {
    "", "5.7.1 user unknown", "mailbox full, try again later", "too many connections from 192.0.2.1"
  };

  @FuzzTest(maxDuration = "2m")
  void anyTable(byte[] input) throws IOException {
    RuleTable table;
    try {
      String source = new String(input, StandardCharsets.UTF_8);
      table = new RuleTableReader().add("rules", new StringReader(source)).table();
    } catch (IllegalArgumentException refused) {
      assertTrue(refused.getMessage().startsWith("rules:"), refused.getMessage());
      return;
    }
    ReplyClassifier classifier = new TableClassifier(table);
    for (String text : TEXTS) {
      for (Stage stage : Stage.values()) {
        ReplyContext at = new ReplyContext(stage, "mx.example.org");
        assertEquals(Verdict.RELAYED, classifier.classify(Reply.of(250, text), at).verdict());
        assertEquals(Verdict.TRANSIENT, classifier.classify(Reply.of(451, text), at).verdict());
        Judgement refused = classifier.classify(Reply.of(550, text), at);
        assertTrue(!stage.isBeforeMail() || refused.isTransient(), refused::toString);
      }
    }
    table
        .rows()
        .forEach(row -> row.examples().forEach(e -> classifier.classify(e.reply(), e.at())));
  }
}
