package org.mxrelay.examples.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.Outcome.End;
import org.mxrelay.smtp.testkit.Behaviour;
import org.mxrelay.smtp.testkit.ReceivedMessage;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;

/** Act: no such mailbox. */
final class BounceToSender implements Act {

  private static final String NOBODY = "nobody@example.org";

  private static final List<String> KEY_LINES =
      List.of("From:", "Subject:", "Final-Recipient:", "Action:", "Status:", "Diagnostic-Code:");

  @Override
  public String title() {
    return "A server says: no such mailbox";
  }

  @Override
  public String expectation() {
    return "A 550 ends it at once: one attempt, and the sender gets a delivery status notification.";
  }

  @Override
  public void play(TinyInternet net, Narrator narrator) throws IOException, InterruptedException {
    for (ScriptedSmtpServer server : List.of(net.primary(), net.peer())) {
      server.on(
          Step.RCPT,
          Behaviour.replyTo(to -> to.equals(NOBODY) ? "550 5.1.1 No such mailbox here" : ""));
    }
    LiveTicker ticker = new LiveTicker(narrator);
    try (MxRelay relay = net.relay(ticker)) {
      relay.submit(
          Envelope.from("billing@shop.example").to(NOBODY),
          MessageSource.of(Letters.read(Letters.PLAIN)));
      relay.drain(Duration.ofSeconds(10));
    }
    net.primary().behave();
    net.peer().behave();
    narrator.promise(
        "one attempt, one bounce",
        ticker.ended(NOBODY, End.BOUNCED) && ticker.outcomesOf(NOBODY).get(0).attempts() == 1);
    report(net.ofSender().messages(), narrator);
  }

  private static void report(List<ReceivedMessage> messages, Narrator narrator) {
    String text = messages.isEmpty() ? "" : messages.get(0).text();
    text.lines()
        .filter(line -> KEY_LINES.stream().anyMatch(line::startsWith))
        .limit(KEY_LINES.size())
        .forEach(line -> narrator.tell("  | " + line));
    narrator.promise(
        "the sender was told once, from the null reverse-path",
        messages.size() == 1 && messages.get(0).reversePath().isEmpty());
    narrator.promise(
        "the report says who and why",
        text.contains("Action: failed") && text.contains("Status: 5.1.1") && text.contains(NOBODY));
  }
}
