package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.mxrelay.smtp.queue.SubmissionId;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;

/** That whatever is logged during an attempt has the message's ids beside it. */
@ResourceLock("slf4j.mdc")
final class LogContextTest {

  private final Map<String, String> seen = new HashMap<>();
  private Object before;

  /** The binding of these tests keeps no context; the binding of an application may. */
  @BeforeEach
  void keepContext() throws ReflectiveOperationException {
    before = adapter().get(null);
    adapter().set(null, new BasicMDCAdapter());
  }

  @AfterEach
  void asBefore() throws ReflectiveOperationException {
    adapter().set(null, before);
  }

  private static Field adapter() throws ReflectiveOperationException {
    Field field = MDC.class.getDeclaredField("MDC_ADAPTER");
    field.setAccessible(true);
    return field;
  }

  @Test
  void duringAnAttempt_theIdsAreThereAndNobodysAddress() {
    Rig rig = new Rig();
    rig.router.to("example.org", "10 mx1");
    rig.transport.at(
        "mx1",
        transaction -> {
          seen.putAll(MDC.getCopyOfContextMap());
          return ScriptedTransport.relays().play(transaction);
        });
    SubmissionId id = rig.submit("a@shop.example", "ann@example.org");
    rig.run();
    assertEquals(
        Map.of(
            "mx.submission", id.value(), "mx.delivery", seen.get("mx.delivery"), "mx.attempt", "1"),
        seen);
    assertNull(MDC.get(LogContext.SUBMISSION), "nothing is left behind on the thread");
  }
}
