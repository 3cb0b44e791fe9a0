package org.mxrelay.examples.demo;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.RelayListener;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.testkit.ReceivedMessage;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;

/** Act: the application restarts while every exchange is down. */
final class Restart implements Act {

  @Override
  public String title() {
    return "The application restarts while nobody takes mail";
  }

  @Override
  public String expectation() {
    return "Five messages wait in the queue file, outlive the restart, and arrive byte for byte.";
  }

  @Override
  public void play(TinyInternet net, Narrator narrator) throws IOException, InterruptedException {
    List<ScriptedSmtpServer> all = List.of(net.primary(), net.peer(), net.backup());
    all.forEach(ScriptedSmtpServer::stop);
    List<ReceivedMessage> before = received(all);
    Map<SubmissionId, String> letters = submitAll(net);
    narrator.tell(letters.size() + " messages submitted, the application is stopped");
    compareStored(net, letters, narrator);
    for (ScriptedSmtpServer server : all) {
      server.restart();
    }
    narrator.tell("the exchanges are back, the application starts again");
    LiveTicker ticker = new LiveTicker(narrator);
    try (MxRelay relay = net.relay(ticker)) {
      relay.drain(Duration.ofSeconds(20));
      narrator.promise("nothing is left in the queue", relay.stats().pending() == 0);
    }
    List<ReceivedMessage> arrived = received(all);
    arrived.removeAll(before);
    compareArrived(arrived, narrator);
  }

  private static Map<SubmissionId, String> submitAll(TinyInternet net) throws IOException {
    Map<SubmissionId, String> letters = new LinkedHashMap<>();
    try (MxRelay relay = net.relay(new RelayListener() {})) {
      for (String name : Letters.ALL) {
        Envelope to = Envelope.from("billing@shop.example").to("ann@example.org");
        letters.put(relay.submit(to, MessageSource.of(Letters.read(name))).id(), name);
      }
    }
    return letters;
  }

  private static void compareStored(
      TinyInternet net, Map<SubmissionId, String> letters, Narrator narrator) throws IOException {
    int same = 0;
    try (DeliveryQueue queue = net.queue()) {
      for (Map.Entry<SubmissionId, String> letter : letters.entrySet()) {
        try (InputStream in = queue.message(letter.getKey()).open()) {
          String stored = Letters.fingerprint(in.readAllBytes());
          same += stored.equals(Letters.fingerprint(Letters.read(letter.getValue()))) ? 1 : 0;
        }
      }
    }
    narrator.promise("the queue file holds the bytes as submitted", same == letters.size());
  }

  private static void compareArrived(List<ReceivedMessage> arrived, Narrator narrator)
      throws IOException {
    List<String> fingerprints =
        new ArrayList<>(arrived.stream().map(m -> Letters.fingerprint(m.data())).toList());
    narrator.promise("each arrived once", fingerprints.size() == Letters.ALL.size());
    for (String name : Letters.ALL) {
      String sent = Letters.fingerprint(Letters.onTheWire(Letters.read(name)));
      narrator.promise(
          String.format("%-15s sha256 %s...", name, sent.substring(0, 16)),
          fingerprints.remove(sent));
    }
  }

  private static List<ReceivedMessage> received(List<ScriptedSmtpServer> servers) {
    List<ReceivedMessage> messages = new ArrayList<>();
    servers.forEach(server -> messages.addAll(server.messages()));
    return messages;
  }
}
