package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.Lookup.Outcome;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/**
 * Whatever a server sends, what is believed of it is a domain's exchanges or a host's addresses.
 */
class DnsAnswerFuzzTest {

  private static final Domain EXAMPLE = new Domain("example.org");
  private static final Duration LEAST = Duration.ofSeconds(5);
  private static final Duration MOST = Duration.ofDays(1);

  private final AnswerReader reader =
      new AnswerReader(new TtlRange(LEAST, MOST), () -> Clients.START);

  @FuzzTest(maxDuration = "2m")
  void anyMessage(byte[] wire) {
    Message message;
    try {
      message = new Message(wire);
    } catch (IOException | RuntimeException broken) {
      // dnsjava throws the latter too, at a record of no data and too large a time to live.
      Reading reading = Reading.of(new CompletionException(broken), LEAST);
      requireVisible(assertInstanceOf(Reading.Trouble.class, reading).words());
      return;
    }
    lookup(message, Type.MX).ifPresent(mx -> requireSound(MxAnswers.judge(mx)));
    Optional<Lookup> a = lookup(message, Type.A);
    Optional<Lookup> aaaa = lookup(message, Type.AAAA);
    Lookup none = Lookup.unresolved("not asked", Clients.START);
    requireSound(AddressAnswers.judge(EXAMPLE, aaaa.orElse(none), a.orElse(none)));
  }

  private Optional<Lookup> lookup(Message message, int type) {
    Reading reading = reader.read(Question.of(EXAMPLE, type), message, true);
    if (reading instanceof Reading.Trouble trouble) {
      requireVisible(trouble.words());
      return Optional.empty();
    }
    Lookup lookup = ((Reading.Answer) reading).lookup();
    assertTrue(lookup.aliases().size() <= AliasChain.LONGEST + 1);
    assertEquals(lookup.is(Outcome.FOUND), !lookup.records().isEmpty());
    // The chain asks for what an alias leads to, and nobody judges the alias.
    return lookup.is(Outcome.ALIAS) ? Optional.empty() : Optional.of(lookup);
  }

  private static void requireSound(MxAnswer answer) {
    requireSound(answer.facts());
    assertFalse(answer instanceof MxAnswer.Unresolved);
    if (answer instanceof MxAnswer.Exchanges mx) {
      List<MxRecord> records = mx.records();
      assertTrue(records.size() <= MxAnswers.MOST_RECORDS);
      assertEquals(records.size(), records.stream().map(MxRecord::exchange).distinct().count());
      for (int i = 0; i < records.size(); i++) {
        MxRecord record = records.get(i);
        assertTrue(record.preference() >= 0 && record.preference() <= 65_535, record::toString);
        assertTrue(i == 0 || records.get(i - 1).preference() <= record.preference());
        assertEquals(record.exchange(), new Domain(record.exchange().name()));
      }
    }
  }

  private static void requireSound(AddressAnswer answer) {
    requireSound(answer.facts());
    if (answer instanceof AddressAnswer.Addresses found) {
      assertTrue(found.addresses().size() <= 2 * AddressAnswers.MOST_ADDRESSES_A_FAMILY);
      assertEquals(found.addresses().size(), found.addresses().stream().distinct().count());
    }
  }

  private static void requireSound(AnswerFacts facts) {
    assertFalse(facts.validUntil().isBefore(Clients.START));
    assertFalse(facts.validUntil().isAfter(Clients.START.plus(MOST)));
    assertTrue(facts.notes().size() <= 30);
    facts.notes().forEach(DnsAnswerFuzzTest::requireVisible);
  }

  private static void requireVisible(String words) {
    assertTrue(words.chars().allMatch(c -> c >= ' ' && c < 0x7f), words);
    assertTrue(words.length() < 5_000, words);
  }
}
