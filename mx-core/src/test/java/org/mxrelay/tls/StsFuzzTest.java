package org.mxrelay.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.mxrelay.dns.AnswerFacts;
import org.mxrelay.dns.TextAnswer;

/**
 * Whatever a domain publishes, in the DNS or on its host, is a policy that makes sense, or none.
 */
class StsFuzzTest {

  private static final AnswerFacts FACTS =
      new AnswerFacts(Instant.EPOCH, AnswerFacts.Security.UNAUTHENTICATED, List.of());

  @FuzzTest(maxDuration = "2m")
  void anyPolicy(byte[] input) {
    PolicyAnswer answer = StsPolicyText.read(input);
    if (answer instanceof PolicyAnswer.Unusable unusable) {
      assertEquals(TlsFailure.STS_POLICY_INVALID, unusable.failure());
      return;
    }
    StsPolicy policy = ((PolicyAnswer.Policy) answer).policy();
    assertTrue(input.length <= StsPolicyText.MOST);
    assertTrue(policy.maxAge().compareTo(StsPolicy.LONGEST) <= 0);
    assertTrue(policy.mode() == StsPolicy.Mode.NONE || !policy.mx().isEmpty());
    byte[] written = StsPolicyText.write(policy).getBytes(StandardCharsets.US_ASCII);
    assertEquals(answer, StsPolicyText.read(written), "read again");
    for (String pattern : policy.mx()) {
      String name = pattern.replace("*", "mx");
      assertTrue(policy.matches(name), pattern);
    }
  }

  /** The texts of TXT records, a line each. */
  @FuzzTest(maxDuration = "2m")
  void anyRecord(byte[] input) {
    List<String> texts = List.of(new String(input, StandardCharsets.ISO_8859_1).split("\n", -1));
    StsRecord record = StsRecordReader.read(new TextAnswer.Texts(texts, FACTS));
    if (record instanceof StsRecord.Present present) {
      assertTrue(present.id().matches("[A-Za-z0-9]{1,32}"), present.id());
      assertEquals(1, texts.stream().filter(t -> t.startsWith("v=STSv1")).count());
    } else {
      assertTrue(record instanceof StsRecord.Absent, record::toString);
    }
  }
}
