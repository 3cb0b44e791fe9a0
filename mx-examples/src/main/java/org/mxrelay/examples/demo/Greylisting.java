package org.mxrelay.examples.demo;

import java.io.IOException;
import java.time.Duration;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.Outcome.End;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.Step;

/** Act: come back later. */
final class Greylisting implements Act {

  @Override
  public String title() {
    return "A server says: not now, come back later";
  }

  @Override
  public String expectation() {
    return "A 4yz is no failure: the message waits, and the backup is left alone.";
  }

  @Override
  public void play(TinyInternet net, Narrator narrator) throws IOException, InterruptedException {
    // Both share one memory of whom they saw, as two servers of one site do.
    Behaviour greylist = Behaviour.greylist();
    net.primary().on(Step.RCPT, greylist);
    net.peer()
        .on(Step.RCPT, Behaviour.reply("450 4.7.1 Greylisted, please try again later"), greylist);
    int backupHad = net.backup().messages().size();
    LiveTicker ticker = new LiveTicker(narrator);
    try (MxRelay relay = net.relay(ticker)) {
      relay.submit(
          Envelope.from("billing@shop.example").to("bob@example.org"),
          MessageSource.of(Letters.read(Letters.PLAIN)));
      relay.drain(Duration.ofSeconds(10));
    }
    net.primary().behave();
    net.peer().behave();
    narrator.promise("the refusal deferred it", !ticker.deferrals().isEmpty());
    narrator.promise("a later attempt was accepted", ticker.ended("bob@example.org", End.RELAYED));
    narrator.promise(
        "the backup did not get what the primary had refused",
        net.backup().messages().size() == backupHad);
  }
}
