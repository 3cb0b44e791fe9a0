package org.mxrelay.examples.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.Outcome.End;

/** Act: the primary and its peer are down. */
final class BackupTakesOver implements Act {

  @Override
  public String title() {
    return "Both primaries are down";
  }

  @Override
  public String expectation() {
    return "Within one attempt the message goes to the backup, after the better two were tried.";
  }

  @Override
  public void play(TinyInternet net, Narrator narrator) throws IOException, InterruptedException {
    net.primary().stop();
    net.peer().stop();
    LiveTicker ticker = new LiveTicker(narrator);
    try (MxRelay relay = net.relay(ticker)) {
      relay.submit(
          Envelope.from("billing@shop.example").to("ann@example.org"),
          MessageSource.of(Letters.read(Letters.PLAIN)));
      relay.drain(Duration.ofSeconds(10));
    }
    net.primary().restart();
    net.peer().restart();
    List<String> tried = ticker.tried();
    narrator.promise(
        "the better two were tried first",
        tried.size() == 3
            && Set.copyOf(tried.subList(0, 2))
                .equals(Set.of("mx1.example.org", "mx2.example.org")));
    narrator.promise(
        "the backup took responsibility",
        ticker.ended("ann@example.org", End.RELAYED) && net.backup().messages().size() == 1);
  }
}
