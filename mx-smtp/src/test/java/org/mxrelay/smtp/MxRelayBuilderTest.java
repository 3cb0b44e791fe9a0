package org.mxrelay.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mxrelay.smtp.queue.InMemoryQueue;

class MxRelayBuilderTest {

  private static final Map<String, UnaryOperator<MxRelayBuilder>> WRONG =
      Map.of(
          "helo: neither a domain nor an address literal", b -> b.helo("no name"),
          "self must be a host name or an address", b -> b.self("no name"),
          "concurrency: 0 ", b -> b.concurrency(0),
          "concurrency: 10001 ", b -> b.concurrency(10_001),
          "laneConcurrency: -1 ", b -> b.laneConcurrency(-1),
          "patience: PT-1S ", b -> b.patience(Duration.ofSeconds(-1)),
          "closeWithin: PT-0.001S ", b -> b.closeWithin(Duration.ofMillis(-1)));

  @Test
  void withoutAQueue_nothingStarts() {
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> MxRelay.builder().start());

    assertTrue(e.getMessage().startsWith("queue: none was given"), e.getMessage());
  }

  @Test
  void optionOutOfItsRange_isRefusedWithItsNameAndValue() {
    WRONG.forEach(
        (message, option) -> {
          MxRelayBuilder builder = option.apply(MxRelay.builder().queue(InMemoryQueue.create()));
          IllegalArgumentException e =
              assertThrows(IllegalArgumentException.class, builder::start, message);
          assertTrue((e.getMessage() + " ").startsWith(message), e.getMessage());
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "app.shop.example", "[192.0.2.1]", "[IPv6:2001:db8::1]"})
  void nameOrAddressLiteral_isAHelo(String helo) {
    try (MxRelay relay = MxRelay.builder().helo(helo).queue(InMemoryQueue.create()).start()) {
      assertEquals(0, relay.stats().pending());
    }
  }

  @Test
  void threads_areTheCallers() {
    AtomicInteger made = new AtomicInteger();

    MxRelay.builder()
        .queue(InMemoryQueue.create())
        .threads(
            task -> {
              made.incrementAndGet();
              Thread thread = new Thread(task);
              thread.setDaemon(true);
              return thread;
            })
        .start()
        .close();

    assertEquals(3, made.get(), "one claims, one renews leases, one paces, and nobody had work");
  }
}
