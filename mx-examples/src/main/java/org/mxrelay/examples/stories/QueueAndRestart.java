package org.mxrelay.examples.stories;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.mxrelay.smtp.MxRelay;
import org.mxrelay.smtp.MxRelayBuilder;
import org.mxrelay.smtp.message.Envelope;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.queue.SubmissionId;
import org.mxrelay.smtp.queue.SubmissionStatus;
import org.mxrelay.smtp.queue.jdbc.JdbcQueue;

/**
 * Queues a message in a file, goes away, comes back, and delivers it: the usual life of a server.
 */
public final class QueueAndRestart {

  private QueueAndRestart() {}

  /** Takes a queue file, a message file and a recipient. */
  public static void main(String[] args) throws InterruptedException {
    Supplier<MxRelayBuilder> options =
        () -> MxRelay.builder().helo("app.shop.example").queue(JdbcQueue.sqlite(Path.of(args[0])));
    SubmissionId id = queue(options.get(), MessageSource.of(Path.of(args[1])), args[2]);
    deliver(options.get(), id, System.out);
  }

  /** When this returns, the message survives the end of the process and a loss of power. */
  static SubmissionId queue(MxRelayBuilder options, MessageSource message, String recipient) {
    try (MxRelay relay = options.start()) {
      relay.pause(); // as if every exchange were down
      return relay.submit(Envelope.from("billing@shop.example").to(recipient), message).id();
    }
  }

  /** Another process, another day. */
  static void deliver(MxRelayBuilder options, SubmissionId id, PrintStream out)
      throws InterruptedException {
    try (MxRelay relay = options.start()) {
      relay.drain(Duration.ofMinutes(1));
      SubmissionStatus status = relay.status(id).orElseThrow();
      status.ended().forEach(o -> out.println(o.recipient() + " " + o.outcome().word()));
      status.pending().forEach(e -> out.println("waits until " + e.delivery().due()));
    }
  }
}
