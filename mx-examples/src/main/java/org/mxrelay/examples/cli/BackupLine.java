package org.mxrelay.examples.cli;

import com.google.gson.JsonObject;
import java.util.List;
import org.mxrelay.address.Mailbox;
import org.mxrelay.smtp.backup.Alarm;
import org.mxrelay.smtp.backup.BackupEvent;
import org.mxrelay.smtp.backup.ClientFacts;

/** What happens to a backup, as records. */
final class BackupLine {

  private BackupLine() {}

  static JsonObject of(BackupEvent.PrimaryChanged e) {
    return new JsonLine()
        .put("event", "primary")
        .put("at", e.at())
        .put("primary", e.primary().name())
        .put("state", e.primary().state().word())
        .put("since", e.primary().since())
        .put("why", e.primary().why())
        .done();
  }

  static JsonObject of(BackupEvent.Raised e) {
    return alarm("alarm", e.alarm()).put("at", e.at()).done();
  }

  static JsonObject of(BackupEvent.Cleared e) {
    return alarm("alarm_over", e.alarm()).put("at", e.at()).done();
  }

  static JsonObject of(BackupEvent.Refused e) {
    return client("refused", e.client())
        .put("at", e.at())
        .put("recipient", e.recipient().map(Mailbox::toString).orElse(""))
        .put("stage", e.stage().word())
        .put("reply", e.reply().printable())
        .put("by", e.why())
        .done();
  }

  static JsonObject of(BackupEvent.CutThroughTaken e) {
    return client("passed_on", e.client())
        .put("at", e.at())
        .put("from", e.envelope().reversePath().toString())
        .put("recipients", e.envelope().recipients().size())
        .put("reply", e.reply().printable())
        .done();
  }

  static JsonObject of(BackupEvent.Queued e) {
    return client("taken", e.client())
        .put("at", e.at())
        .put("id", e.submission().value())
        .put("from", e.envelope().reversePath().toString())
        .put("recipients", e.envelope().recipients().size())
        .done();
  }

  static JsonObject of(BackupEvent.Repeated e) {
    List<String> names = e.recipients().stream().map(Mailbox::toString).toList();
    return client("repeated", e.client())
        .put("at", e.at())
        .put("to", String.join(" ", names))
        .done();
  }

  private static JsonLine alarm(String event, Alarm alarm) {
    return new JsonLine()
        .put("event", event)
        .put("alarm", alarm.kind().word())
        .put("since", alarm.since())
        .put("why", alarm.why());
  }

  private static JsonLine client(String event, ClientFacts client) {
    return new JsonLine()
        .put("event", event)
        .put("client", client.address().getHostAddress())
        .put("helo", client.helo());
  }
}
