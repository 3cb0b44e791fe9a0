package org.mxrelay.smtp.backup.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.backup.ContentFilter;
import org.mxrelay.smtp.backup.FilterVerdict;
import org.mxrelay.smtp.backup.HeaderField;
import org.mxrelay.smtp.backup.InboundMessage;
import org.mxrelay.smtp.backup.SenderTrust;

class FilterChainTest {

  private final InboundMessage message = Messages.of("Subject: x\n\n");
  private final List<String> asked = new ArrayList<>();

  @Test
  void allAccept_fieldsAndTrustAreJoined() throws Exception {
    ContentFilter chain =
        FilterChain.of(
            List.of(
                accepting("a", SenderTrust.UNKNOWN),
                accepting("b", SenderTrust.VOUCHED),
                accepting("c", SenderTrust.UNKNOWN)));
    FilterVerdict.Accept verdict = (FilterVerdict.Accept) chain.filter(message);
    assertEquals(SenderTrust.VOUCHED, verdict.sender());
    assertEquals(List.of("a", "b", "c"), verdict.add().stream().map(HeaderField::value).toList());
  }

  @Test
  void firstThatDoesNotAccept_hasTheLastWord() throws Exception {
    FilterVerdict later = new FilterVerdict.Defer(Reply.of(451, "later"));
    ContentFilter chain =
        FilterChain.of(
            List.of(
                accepting("a", SenderTrust.VOUCHED),
                m -> later,
                accepting("c", SenderTrust.UNKNOWN)));
    assertSame(later, chain.filter(message));
    assertEquals(List.of("a"), asked);
  }

  @Test
  void noFilter_accepts() throws Exception {
    assertEquals(FilterVerdict.accept(), FilterChain.of(List.of()).filter(message));
  }

  private ContentFilter accepting(String name, SenderTrust trust) {
    return m -> {
      asked.add(name);
      return new FilterVerdict.Accept(trust, List.of(new HeaderField("X-Seen", name)));
    };
  }
}
