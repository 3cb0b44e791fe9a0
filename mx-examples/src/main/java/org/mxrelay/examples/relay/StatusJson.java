package org.mxrelay.examples.relay;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mxrelay.smtp.backup.Alarm;
import org.mxrelay.smtp.backup.BackupStatus;
import org.mxrelay.smtp.backup.PrimaryStatus;

/** How it is, as a record: what the page and the checks of others read. */
final class StatusJson {

  // '<' becomes an escape, so that the record can stand within a page.
  private static final Gson GSON = new GsonBuilder().serializeNulls().create();

  private final String name;
  private final List<String> domains;
  private final Counts counts;

  /**
   * @param name what the gateway calls itself
   * @param domains for which it is the backup
   */
  StatusJson(String name, List<String> domains, Counts counts) {
    this.name = name;
    this.domains = List.copyOf(domains);
    this.counts = counts;
  }

  String of(BackupStatus status) {
    JsonObject record = new JsonObject();
    record.addProperty("name", name);
    record.add("domains", texts(domains));
    record.add("primary", worst(status));
    record.add("primaries", primaries(status.primaries()));
    record.add("backlog", backlog(status));
    record.addProperty("forwardedPerMinute", status.forwardedPerMinute());
    record.add("alarms", alarms(status.alarms()));
    record.add("counts", counts());
    record.addProperty("healthy", status.isHealthy());
    record.addProperty("at", status.at().toString());
    return GSON.toJson(record);
  }

  /** The state of the backup as a whole: the worst primary's. */
  private static JsonObject worst(BackupStatus status) {
    JsonObject record = new JsonObject();
    record.addProperty("state", status.state().word());
    record.addProperty("since", status.since().toString());
    record.add("lastRelayed", instant(status.lastRelayed()));
    return record;
  }

  private static JsonArray primaries(List<PrimaryStatus> all) {
    JsonArray records = new JsonArray();
    for (PrimaryStatus one : all) {
      JsonObject record = new JsonObject();
      record.addProperty("name", one.name());
      record.addProperty("state", one.state().word());
      record.addProperty("since", one.since().toString());
      record.addProperty("why", one.why());
      record.add("lastRelayed", instant(one.lastRelayed()));
      records.add(record);
    }
    return records;
  }

  private static JsonObject backlog(BackupStatus status) {
    JsonObject record = new JsonObject();
    record.addProperty("messages", status.backlog().messages());
    record.addProperty("held", status.backlog().held());
    record.addProperty("oldestSeconds", status.backlog().age(status.at()).toSeconds());
    return record;
  }

  private static JsonArray alarms(List<Alarm> all) {
    JsonArray records = new JsonArray();
    for (Alarm one : all) {
      JsonObject record = new JsonObject();
      record.addProperty("kind", one.kind().word());
      record.addProperty("since", one.since().toString());
      record.addProperty("why", one.why());
      records.add(record);
    }
    return records;
  }

  private JsonObject counts() {
    JsonObject record = new JsonObject();
    record.addProperty("passedOn", counts.passedOn());
    record.addProperty("queued", counts.queued());
    record.addProperty("forwarded", counts.forwarded());
    record.addProperty("refused", counts.refused());
    return record;
  }

  private static JsonElement instant(Optional<Instant> at) {
    return at.<JsonElement>map(a -> new JsonPrimitive(a.toString())).orElse(JsonNull.INSTANCE);
  }

  private static JsonArray texts(List<String> all) {
    JsonArray array = new JsonArray();
    all.forEach(array::add);
    return array;
  }
}
