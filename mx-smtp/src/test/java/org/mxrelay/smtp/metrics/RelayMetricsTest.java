package org.mxrelay.smtp.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.checks.ObservedRelay;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.Step;

/** The numbers of a relay that delivers, as Micrometer has them. */
final class RelayMetricsTest {

  private final ObservedRelay observed = new ObservedRelay();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void stop() {
    observed.close();
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  private long timed(String name, String... tags) {
    return registry.get(name).tags(tags).timer().count();
  }

  @Test
  void relayThatDelivers_isCountedAndTimed() throws Exception {
    observed.server.on(
        Step.RCPT, Behaviour.replyTo(a -> a.startsWith("bob@") ? "550 5.1.1 no such user" : ""));
    try (MxRelay relay = observed.builder().meters(new MicrometerMeters(registry)).start()) {
      ObservedRelay.submit(relay, "ann@example.org");
      ObservedRelay.submit(relay, "bob@example.net");
      assertTrue(relay.drain(ObservedRelay.LONG));
      assertEquals(0, registry.get("mx.queue.size").tags("state", "due").gauge().value());
      assertEquals(0, registry.get("mx.queue.oldest.due").gauge().value());
    }
    // Ann's message and the report to billing, which the same server takes.
    assertEquals(2, count("mx.messages", "result", "relayed"));
    assertEquals(1, count("mx.messages", "result", "bounced"));
    assertEquals(2, timed("mx.message.age", "result", "relayed"));
    assertEquals(2, timed("mx.attempts", "outcome", "relayed", "stage", "end-of-data"));
    assertEquals(1, timed("mx.attempts", "outcome", "refused", "stage", "RCPT", "tls", "none"));
    assertEquals(1, count("mx.replies", "class", "5", "subject", "x.1"));
    assertEquals(3, count("mx.connections", "result", "ok"));
    assertEquals(2, count("mx.events", "event", "queued"));
    assertEquals(2, timed("mx.store", "op", "add", "result", "ok"));
    assertTrue(timed("mx.store", "op", "claim", "result", "ok") > 0);
    assertNull(registry.find("mx.queue.size").gauge(), "gauges go with the relay");
  }

  @Test
  void tags_nameNoDomainAndNobody() throws Exception {
    try (MxRelay relay = observed.builder().meters(new MicrometerMeters(registry)).start()) {
      ObservedRelay.submit(relay, "ann@example.org");
      assertTrue(relay.drain(ObservedRelay.LONG));
    }
    List<String> values =
        registry.getMeters().stream()
            .flatMap(m -> m.getId().getTags().stream())
            .map(tag -> tag.getValue())
            .toList();
    assertTrue(values.stream().noneMatch(v -> v.contains("example")), values.toString());
  }

  @Test
  void metersThatThrow_stopNoMail() throws Exception {
    Meters broken =
        new Meters() {
          @Override
          public void count(String name, Map<String, String> tags) {
            throw new IllegalStateException("planted");
          }

          @Override
          public void took(String name, Map<String, String> tags, Duration length) {
            throw new IllegalStateException("planted");
          }

          @Override
          public Runnable gauge(String name, Map<String, String> tags, DoubleSupplier value) {
            throw new IllegalStateException("planted");
          }
        };
    try (MxRelay relay = observed.builder().meters(broken).start()) {
      ObservedRelay.submit(relay, "ann@example.org");
      assertTrue(relay.drain(ObservedRelay.LONG));
      assertEquals(1, relay.outcomes(0, 10).size());
    }
  }
}
