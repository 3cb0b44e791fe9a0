package org.mxrelay.examples.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.mxrelay.smtp.testkit.ReceivedMessage;
import org.mxrelay.smtp.testkit.ScriptedSmtpServer;
import org.mxrelay.smtp.testkit.Step;
import org.mxrelay.smtp.testkit.Turn;

/**
 * The receiving side, a process of its own: what it took is on its disk before it says 250.
 *
 * <p>Its lines: {@code took NUMBER NANOS LETTER DIGEST RECIPIENT LIFE}, {@code report NUMBER NANOS
 * LETTER DIGEST LIFE} for a report to the sender, and {@code replied NUMBER} after the reply. A
 * life is what EHLO said, without the domain.
 */
final class Sink {

  private final Journal journal;
  private final Journal replies;
  private final String name;
  private final AtomicInteger count = new AtomicInteger();
  private final Set<String> once = ConcurrentHashMap.newKeySet();

  private Sink(Path folder, String name) {
    this.journal = Journal.synced(folder.resolve("sink-" + name));
    this.replies = Journal.written(folder.resolve("replies-" + name));
    this.name = name;
  }

  /**
   * @param args the folder, the name, the port or 0, and keywords to be offered
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    ScriptedSmtpServer server = ScriptedSmtpServer.start("127.0.0.1", Integer.parseInt(args[2]));
    server.offer(List.of(args).subList(3, args.length).toArray(String[]::new));
    Sink sink = new Sink(folder, args[1]);
    server.on(Step.RCPT, sink::rcpt);
    server.on(Step.END_OF_DATA, sink::endOfData);
    System.out.println("port " + server.port());
    Child.untilStdinEnds();
    Runtime.getRuntime().halt(0);
  }

  private boolean first(String what) {
    return once.add(what);
  }

  private void rcpt(Turn turn) throws IOException, InterruptedException {
    String address = turn.address();
    switch (Fate.of(address)) {
      case REFUSED -> turn.reply("550 5.1.1 Nobody of that name");
      case LATE -> {
        turn.pause(Duration.ofMillis(300));
        turn.normal();
      }
      case STALLED -> {
        // Once for all letters of a life.
        if (first(address.substring(0, address.indexOf('-')))) {
          turn.pause(Duration.ofSeconds(25));
        }
        turn.normal();
      }
      case DEFERRED -> {
        if (first(address)) {
          turn.reply("451 4.3.0 Not now");
        } else {
          turn.normal();
        }
      }
      default -> turn.normal();
    }
  }

  private void endOfData(Turn turn) throws IOException, InterruptedException {
    ReceivedMessage message = turn.message();
    List<String> addresses = message.addresses();
    if (addresses.isEmpty()) {
      turn.normal();
      return;
    }
    boolean drops = addresses.stream().anyMatch(a -> Fate.of(a) == Fate.DROPPED && first(a));
    String number = name + "-" + count.incrementAndGet();
    record(message, number);
    if (addresses.stream().anyMatch(a -> Fate.of(a) == Fate.TARDY)) {
      turn.pause(Duration.ofMillis(200));
    }
    if (drops) {
      turn.hangUp();
    } else {
      turn.raw("250 2.0.0 Taken\r\n".getBytes(StandardCharsets.US_ASCII));
      turn.count(250);
      replies.add("replied " + number);
    }
  }

  private void record(ReceivedMessage message, String number) {
    byte[] data = message.data();
    String about =
        number + " " + System.nanoTime() + " " + Letter.id(data) + " " + Letter.digest(data);
    String life = message.helo().replace(".home.test", "");
    if (message.reversePath().isEmpty()) {
      journal.add("report " + about + " " + life);
    } else {
      journal.add(
          message.addresses().stream().map(a -> "took " + about + " " + a + " " + life).toList());
    }
  }
}
