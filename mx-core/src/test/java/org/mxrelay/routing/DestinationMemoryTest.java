package org.mxrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationMemoryTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Route ONE = route(1);
  private static final Route TWO = route(2);
  private static final Optional<Instant> ALIVE = Optional.empty();

  private final DestinationMemory memory =
      new DestinationMemory(Duration.ofSeconds(30), Duration.ofMinutes(10), 3);

  @Test
  void unknownExchange_mayBeTried() {
    assertEquals(ALIVE, memory.ask(List.of(ONE, TWO), NOON));
    assertEquals(ALIVE, memory.ask(List.of(), NOON));
  }

  @Test
  void deadExchange_isLeftAloneForAWhile() {
    memory.unreachable(ONE, NOON);

    assertEquals(at(30), memory.ask(List.of(ONE), NOON));
    assertEquals(at(30), memory.ask(List.of(ONE), NOON.plusMillis(29_999)));
    assertEquals(ALIVE, memory.ask(List.of(ONE), NOON.plusSeconds(30)));
  }

  @Test
  void oneRouteAlive_isEnough() {
    memory.unreachable(ONE, NOON);

    assertEquals(ALIVE, memory.ask(List.of(ONE, TWO), NOON));
  }

  @Test
  void allRoutesDead_theFirstToComeBackSaysWhen() {
    memory.unreachable(ONE, NOON);
    memory.unreachable(TWO, NOON.plusSeconds(5));

    assertEquals(at(30), memory.deadUntil(List.of(TWO, ONE), NOON.plusSeconds(6)));
  }

  @Test
  void whenTheWhileIsOver_oneGoesAheadAndTheOthersWait() {
    memory.unreachable(ONE, NOON);
    Instant then = NOON.plusSeconds(30);

    assertEquals(ALIVE, memory.ask(List.of(ONE), then));
    assertEquals(at(60), memory.ask(List.of(ONE), then));
    assertEquals(ALIVE, memory.ask(List.of(ONE), then.plusSeconds(30)), "it never came back");
  }

  @Test
  void lookingOnly_letsNobodyThrough() {
    memory.unreachable(ONE, NOON);
    Instant then = NOON.plusSeconds(30);

    assertEquals(ALIVE, memory.deadUntil(List.of(ONE), then));
    assertEquals(ALIVE, memory.deadUntil(List.of(ONE), then));
  }

  @ParameterizedTest
  @CsvSource({"1, 30", "2, 60", "3, 120", "4, 240", "5, 480", "6, 600", "7, 600", "40, 600"})
  void eachFailureOfTheOneAhead_doublesTheWhile(int failures, int seconds) {
    Instant now = NOON;
    for (int i = 1; i < failures; i++) {
      memory.unreachable(ONE, now);
      now = memory.deadUntil(List.of(ONE), now).orElseThrow();
      assertEquals(ALIVE, memory.ask(List.of(ONE), now));
    }
    memory.unreachable(ONE, now);

    assertEquals(Optional.of(now.plusSeconds(seconds)), memory.ask(List.of(ONE), now));
  }

  @Test
  void failuresThatWereUnderWayTogether_countOnce() {
    for (int i = 0; i < 20; i++) {
      memory.unreachable(ONE, NOON.plusSeconds(i));
    }

    assertEquals(at(30), memory.ask(List.of(ONE), NOON.plusSeconds(20)));
  }

  @Test
  void answer_makesItForgotten() {
    memory.unreachable(ONE, NOON);
    memory.answered(ONE);

    assertEquals(ALIVE, memory.ask(List.of(ONE), NOON));
    memory.unreachable(ONE, NOON.plusSeconds(1));
    assertEquals(at(31), memory.ask(List.of(ONE), NOON.plusSeconds(1)));
  }

  @Test
  void somebodyWhoTriesEarlier_endsTheWhileThen() {
    memory.unreachable(ONE, NOON);
    memory.notLaterThan(ONE, NOON.plusSeconds(40));
    assertEquals(at(30), memory.deadUntil(List.of(ONE), NOON));

    memory.notLaterThan(ONE, NOON.plusSeconds(2));

    assertEquals(at(2), memory.deadUntil(List.of(ONE), NOON));
    assertEquals(ALIVE, memory.ask(List.of(ONE), NOON.plusSeconds(2)));
  }

  @Test
  void notHeardOfForLong_isForgotten() {
    memory.unreachable(ONE, NOON);
    Instant muchLater = NOON.plusSeconds(30).plus(Duration.ofMinutes(10)).plusMillis(1);
    memory.unreachable(ONE, muchLater);

    assertEquals(Optional.of(muchLater.plusSeconds(30)), memory.ask(List.of(ONE), muchLater));
  }

  @Test
  void tooMany_theLongestUnheardOfIsForgotten() {
    memory.unreachable(ONE, NOON);
    memory.unreachable(TWO, NOON);
    memory.unreachable(route(3), NOON);
    memory.deadUntil(List.of(ONE), NOON);
    memory.unreachable(route(4), NOON);

    assertEquals(at(30), memory.deadUntil(List.of(ONE), NOON));
    assertEquals(ALIVE, memory.deadUntil(List.of(TWO), NOON));
  }

  @Test
  void g13_clockSetBack_makesNobodyWaitForYears() {
    memory.unreachable(ONE, NOON.plus(Duration.ofDays(3650)));

    assertEquals(ALIVE, memory.ask(List.of(ONE), NOON));
  }

  @ParameterizedTest
  @CsvSource({"0, 10, 1", "-1, 10, 1", "10, 9, 1", "10, 10, 0"})
  void numberOutOfItsRange_isRefused(long first, long longest, int most) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new DestinationMemory(Duration.ofSeconds(first), Duration.ofSeconds(longest), most));
  }

  private static Optional<Instant> at(long seconds) {
    return Optional.of(NOON.plusSeconds(seconds));
  }

  private static Route route(int last) {
    try {
      byte[] ip = {(byte) 192, 0, 2, (byte) last};
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(ip), 25);
      return new Route("mx" + last, 10, address, Route.Origin.MX);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
