package org.mxrelay.examples.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.Explanation;
import org.mxrelay.smtp.queue.OpenRecipient;
import org.mxrelay.smtp.queue.QueueEntry;
import org.mxrelay.smtp.queue.QueueStats;
import org.mxrelay.smtp.queue.SubmissionStatus;

/** What is in a queue, as records. */
final class QueueLine {

  private QueueLine() {}

  static JsonObject of(QueueEntry entry) {
    Delivery d = entry.delivery();
    JsonArray recipients = new JsonArray();
    d.open().forEach(r -> recipients.add(recipient(r)));
    return new JsonLine()
        .put("id", d.submission().value())
        .put("delivery", d.id())
        .put("domain", d.destination().toString())
        .put("state", entry.state().word())
        .put("from", d.reversePath().toString())
        .put("size", d.facts().size())
        .put("attempts", d.attempts())
        .put("queued_at", d.queuedAt())
        .put("due", d.due())
        .putIfAny("why", entry.why())
        .put("recipients", recipients)
        .done();
  }

  private static JsonObject recipient(OpenRecipient open) {
    JsonLine line = new JsonLine().put("recipient", open.recipient().toString());
    open.last().ifPresent(d -> EventLine.diagnostic(line, d));
    return line.done();
  }

  static JsonObject of(Explanation explanation) {
    SubmissionStatus status = explanation.status();
    JsonArray ended = new JsonArray();
    status.ended().forEach(o -> ended.add(EventLine.of(o).done()));
    JsonArray pending = new JsonArray();
    explanation.waiting().forEach(w -> pending.add(waiting(w)));
    JsonArray words = new JsonArray();
    explanation.lines().forEach(words::add);
    return new JsonLine()
        .put("id", status.id().value())
        .put("settled", status.isEnded())
        .put("ended", ended)
        .put("pending", pending)
        .put("explanation", words)
        .done();
  }

  private static JsonObject waiting(Explanation.Waiting waiting) {
    JsonObject entry = of(waiting.entry());
    entry.addProperty("reason", Words.of(waiting.reason()));
    waiting.next().ifPresent(next -> entry.addProperty("next", next.toString()));
    return entry;
  }

  static JsonObject of(QueueStats stats) {
    return new JsonLine()
        .put("pending", stats.pending())
        .put("due", stats.due())
        .put("scheduled", stats.scheduled())
        .put("leased", stats.leased())
        .put("held", stats.held())
        .putOrNull("oldest_due", stats.oldestDue())
        .done();
  }
}
