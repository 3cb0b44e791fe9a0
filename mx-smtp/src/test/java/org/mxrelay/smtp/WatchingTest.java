package org.mxrelay.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mxrelay.MailRouter;
import org.mxrelay.smtp.engine.SharedRandom;
import org.mxrelay.smtp.engine.Times;
import org.mxrelay.smtp.metrics.MicrometerMeters;
import org.mxrelay.tls.TlsPolicy;

/** What stands around a relay's parts when somebody wants its numbers. */
class WatchingTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Watching watching =
      new Watching(
          List.of(),
          LogDetail.NONE,
          new MicrometerMeters(registry),
          new Times(
              InstantSource.system(),
              System::nanoTime,
              new SharedRandom(new Random(1)),
              Times.Pause.SLEEP));

  @Test
  void routerOfOurOwn_isTimedAndKnowsTheDestinationsWordOnTls() throws InterruptedException {
    MailRouter router = watching.router();
    assertNotSame(TlsPolicy.none(), router.tlsPolicy());
    // A closed client answers at once that nobody can tell, without a network.
    router.close();

    router.route("example.org");

    assertEquals(
        1, registry.get("mx.dns").tags("type", "MX", "result", "unresolved").timer().count());
  }
}
