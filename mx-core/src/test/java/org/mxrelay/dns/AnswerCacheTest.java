package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;
import org.mxrelay.dns.Lookup.Outcome;
import org.mxrelay.testkit.ManualClock;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class AnswerCacheTest {

  private final ManualClock clock = ManualClock.at(Clients.START);
  private final AnswerCache cache = new AnswerCache(10, Duration.ZERO, clock);

  private static Question question(String name) {
    return Question.of(new Domain(name), Type.MX);
  }

  private static Lookup answer(int records, int seconds) {
    Record mx = new MXRecord(Name.root, DClass.IN, 1, 1, Name.root);
    return new Lookup(
        Outcome.FOUND,
        Collections.nCopies(records, mx),
        List.of(),
        Clients.START.plusSeconds(seconds),
        false,
        "");
  }

  @Test
  void answer_isFoundUntilItExpires() {
    Lookup lookup = answer(1, 60);
    cache.keep(question("a.org"), lookup);
    clock.advance(Duration.ofSeconds(59));
    assertEquals(Optional.of(lookup), cache.find(question("a.org")));
    clock.advance(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), cache.find(question("a.org")));
  }

  @Test
  void tooManyRecords_pushOutTheLeastRecentlyUsed() {
    cache.keep(question("a.org"), answer(4, 60));
    cache.keep(question("b.org"), answer(3, 60));
    assertTrue(cache.find(question("a.org")).isPresent());
    cache.keep(question("c.org"), answer(1, 60));
    assertTrue(cache.find(question("b.org")).isEmpty());
    assertTrue(cache.find(question("a.org")).isPresent());
    assertTrue(cache.find(question("c.org")).isPresent());
  }

  @Test
  void answerLargerThanTheCache_isNotKeptAndPushesNothingOut() {
    cache.keep(question("a.org"), answer(1, 60));
    cache.keep(question("b.org"), answer(10, 60));
    assertTrue(cache.find(question("a.org")).isPresent());
    assertTrue(cache.find(question("b.org")).isEmpty());
  }

  @Test
  void answerKeptAgain_countsOnce() {
    for (int i = 0; i < 100; i++) {
      cache.keep(question("a.org"), answer(3, 60));
    }
    cache.keep(question("b.org"), answer(3, 60));
    assertTrue(cache.find(question("a.org")).isPresent());
    assertTrue(cache.find(question("b.org")).isPresent());
  }

  @Test
  void failure_isNotKept() {
    cache.keep(question("a.org"), Lookup.unresolved("down", Clients.START.plusSeconds(60)));
    assertTrue(cache.find(question("a.org")).isEmpty());
  }
}
