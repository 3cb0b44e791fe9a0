package org.mxrelay.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.address.Domain;
import org.mxrelay.testkit.Fault;
import org.mxrelay.testkit.ManualClock;
import org.mxrelay.testkit.ScriptedDnsServer;

class DnsClientSharingTest {

  private static final Domain EXAMPLE = new Domain("example.org");
  private static final String ZONE =
      """
      example.org. 300 SOA ns.example.org. h.example.org. 1 3600 600 86400 86400
      example.org. 100 MX 10 mx.example.org.
      """;

  private final ScriptedDnsServer server = ScriptedDnsServer.start(ZONE);
  private final ManualClock clock = ManualClock.at(Clients.START);
  private final DnsClient client = Clients.of(server).clock(clock).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    threads.shutdownNow();
    client.close();
    server.close();
  }

  @Test
  void identicalLookups_shareOneQuery() throws Exception {
    server.fault("*", "*", Fault.delay(Duration.ofMillis(200)));
    CountDownLatch ready = new CountDownLatch(10);
    List<Future<MxAnswer>> answers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      answers.add(
          threads.submit(
              () -> {
                ready.countDown();
                ready.await();
                return client.exchanges(EXAMPLE);
              }));
    }
    for (Future<MxAnswer> answer : answers) {
      assertEquals("10 mx.example.org", Clients.line(answer.get(10, TimeUnit.SECONDS)));
    }
    assertEquals(1, server.queries().size());
  }

  @Test
  void interruptedWaiter_leavesTheQueryToTheOthers() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    server.fault("*", "*", Fault.delay(Duration.ofMillis(300)), mark(begun));
    Future<MxAnswer> leader = threads.submit(() -> client.exchanges(EXAMPLE));
    begun.await(5, TimeUnit.SECONDS);
    Future<MxAnswer> follower = threads.submit(() -> client.exchanges(EXAMPLE));
    leader.cancel(true);
    assertEquals("10 mx.example.org", Clients.line(follower.get(10, TimeUnit.SECONDS)));
    assertEquals(1, server.queries().size());
  }

  private static Fault mark(CountDownLatch begun) {
    return Fault.mangle(
        wire -> {
          begun.countDown();
          return wire;
        });
  }

  @Test
  void interruptedThread_getsItsException() {
    server.fault("*", "*", Fault.drop());
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> client.exchanges(EXAMPLE));
    assertFalse(Thread.interrupted());
  }

  @Test
  void answer_isKeptForItsTimeToLiveAndShowsWhatIsLeft() throws InterruptedException {
    MxAnswer fresh = client.exchanges(EXAMPLE);
    clock.advance(Duration.ofSeconds(99));
    MxAnswer kept = client.exchanges(EXAMPLE);
    assertEquals(Clients.START.plusSeconds(100), fresh.facts().validUntil());
    assertEquals(Clients.START.plusSeconds(100), kept.facts().validUntil());
    assertEquals(1, server.queries().size());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(Clients.START.plusSeconds(200), client.exchanges(EXAMPLE).facts().validUntil());
    assertEquals(2, server.queries().size());
  }

  @Test
  void absence_isKeptForAQuarterOfAnHourAtMost() throws InterruptedException {
    Domain absent = new Domain("absent.example.org");
    MxAnswer answer = client.exchanges(absent);
    assertEquals(Clients.START.plusSeconds(300), answer.facts().validUntil(), "the SOA's TTL");
    server.set(ZONE.replace("300 SOA", "604800 SOA"));
    clock.advance(Duration.ofSeconds(299));
    client.exchanges(absent);
    assertEquals(1, server.queries().size());
    clock.advance(Duration.ofSeconds(1));
    assertEquals(clock.instant().plusSeconds(900), client.exchanges(absent).facts().validUntil());
    assertEquals(2, server.queries().size());
  }

  @Test
  void absenceWithoutSoa_isKeptForTheLeast() throws InterruptedException {
    server.fault("*", "*", Fault.withoutSoa());
    MxAnswer answer = client.exchanges(new Domain("absent.example.org"));
    assertInstanceOf(MxAnswer.NoSuchDomain.class, answer);
    assertEquals(Clients.START.plusSeconds(5), answer.facts().validUntil());
  }

  @Test
  void failure_isNotKept() throws InterruptedException {
    server.fault("*", "*", Fault.refused().times(1));
    assertInstanceOf(MxAnswer.Unresolved.class, client.exchanges(EXAMPLE));
    assertEquals("10 mx.example.org", Clients.line(client.exchanges(EXAMPLE)));
  }

  @Test
  void clockSetBack_prolongsNothing() throws InterruptedException {
    client.exchanges(EXAMPLE);
    clock.advance(Duration.ofDays(-400));
    client.exchanges(EXAMPLE);
    assertEquals(2, server.queries().size());
  }

  @Test
  void queriesUnderWay_areBounded() throws Exception {
    server.fault("*", "*", Fault.drop());
    try (DnsClient narrow = Clients.of(server).inFlight(3).total(Duration.ofMillis(250)).build()) {
      List<Future<MxAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Domain domain = new Domain("d" + i + ".org");
        answers.add(threads.submit(() -> narrow.exchanges(domain)));
      }
      for (Future<MxAnswer> answer : answers) {
        assertInstanceOf(MxAnswer.Unresolved.class, answer.get(10, TimeUnit.SECONDS));
      }
      assertEquals(3, server.queries().size());
    }
  }

  @Test
  void close_letsNobodyWait() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    server.fault("*", "*", Fault.delay(Duration.ofSeconds(4)), mark(begun));
    Future<MxAnswer> waiting = threads.submit(() -> client.exchanges(EXAMPLE));
    begun.await(5, TimeUnit.SECONDS);
    client.close();
    MxAnswer answer = waiting.get(2, TimeUnit.SECONDS);
    assertEquals("the DNS client was closed", ((MxAnswer.Unresolved) answer).why());
    MxAnswer later = client.exchanges(EXAMPLE);
    assertEquals("the DNS client is closed", ((MxAnswer.Unresolved) later).why());
  }

  @Test
  void executorOfTheCaller_isUsedAndLeftAlone() throws InterruptedException {
    ScheduledExecutorService mine = Executors.newSingleThreadScheduledExecutor();
    try {
      try (DnsClient guest = Clients.of(server).executor(mine).build()) {
        assertEquals("10 mx.example.org", Clients.line(guest.exchanges(EXAMPLE)));
      }
      assertFalse(mine.isShutdown());
    } finally {
      mine.shutdownNow();
    }
  }

  @Test
  void executorShutDown_failsAtOnce() throws InterruptedException {
    ScheduledExecutorService mine = Executors.newSingleThreadScheduledExecutor();
    mine.shutdownNow();
    try (DnsClient orphan = Clients.of(server).executor(mine).build()) {
      assertInstanceOf(MxAnswer.Unresolved.class, orphan.exchanges(EXAMPLE));
    }
  }

  @Test
  void optionOutOfRange_namesItself() {
    DnsClient.Builder builder = DnsClient.builder();
    assertEquals(
        "tries must be at least 1: 0",
        assertThrows(IllegalArgumentException.class, () -> builder.tries(0)).getMessage());
    assertEquals(
        "perTry must be longer than 0: PT0S",
        assertThrows(IllegalArgumentException.class, () -> builder.perTry(Duration.ZERO))
            .getMessage());
  }
}
