package org.mxrelay.smtp.queue.jdbc;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.queue.ClaimRequest;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.Submission;
import org.mxrelay.smtp.testkit.QueueMail;

/**
 * A process to be killed: adds messages from some threads, and says which were accepted; settles
 * some, and says which were relayed. Each line is written after the store's answer.
 */
final class Submitter {

  private Submitter() {}

  public static void main(String[] args) {
    JdbcQueue queue = JdbcQueue.sqlite(Path.of(args[0]));
    String run = args[1];
    queue.attach();
    for (int thread = 0; thread < 3; thread++) {
      String name = run + "-" + thread;
      new Thread(() -> add(queue, name)).start();
    }
    while (true) {
      Instant now = Instant.now();
      ClaimRequest request = new ClaimRequest(now, QueueMail.LEASE, 4, 4, Set.of());
      for (Lease lease : queue.claim(request)) {
        queue.settle(List.of(QueueMail.relayed(lease, now)));
        say("relayed " + lease.delivery().submission());
      }
    }
  }

  private static void add(JdbcQueue queue, String name) {
    for (int i = 0; ; i++) {
      String id = name + "-" + i;
      byte[] message = message(id);
      Envelope envelope = Envelope.from("ann@shop.example").to("a@d" + i % 7 + ".example");
      Submission submission = QueueMail.submission(id, Instant.now(), envelope, message);
      queue.add(List.of(submission));
      say("accepted " + id);
    }
  }

  /** The message of an id: every tenth is long. */
  static byte[] message(String id) {
    Random random = new Random(id.hashCode());
    byte[] message = new byte[id.endsWith("7") ? 400_000 : 1_000];
    random.nextBytes(message);
    return message;
  }

  /** In one write, so that a kill leaves no half of it. */
  private static void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }
}
