package org.mxrelay.examples.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What is in a queue, as people read it. */
final class QueueText {

  private QueueText() {}

  static String entry(JsonObject e) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%s  %-6s  attempt %d  due %s  %s",
            text(e, "id"),
            text(e, "state"),
            e.get("attempts").getAsInt(),
            text(e, "due"),
            text(e, "domain")));
    if (e.has("why")) {
      lines.add("    " + ("held".equals(text(e, "state")) ? "held: " : "") + text(e, "why"));
    }
    e.getAsJsonArray("recipients").forEach(r -> lines.add("    " + recipient(r.getAsJsonObject())));
    return String.join("\n", lines);
  }

  static String status(JsonObject status) {
    List<String> lines = new ArrayList<>();
    boolean settled = status.get("settled").getAsBoolean();
    lines.add(text(status, "id") + (settled ? "  settled" : "  in the queue"));
    for (JsonElement ended : status.getAsJsonArray("ended")) {
      JsonObject o = ended.getAsJsonObject();
      lines.add(String.format("  %-9s  %s  %s", text(o, "event"), text(o, "at"), recipient(o)));
    }
    status.getAsJsonArray("pending").forEach(p -> lines.add(indented(entry(p.getAsJsonObject()))));
    if (!settled) {
      lines.add("why it is still here:");
      status.getAsJsonArray("explanation").forEach(w -> lines.add("  " + w.getAsString()));
    }
    return String.join("\n", lines);
  }

  static String stats(JsonObject stats) {
    List<String> lines = new ArrayList<>();
    for (String name : List.of("pending", "due", "scheduled", "leased", "held")) {
      lines.add(String.format("%-10s %8d", name, stats.get(name).getAsLong()));
    }
    if (!stats.get("oldest_due").isJsonNull()) {
      lines.add("oldest due " + text(stats, "oldest_due"));
    }
    return String.join("\n", lines);
  }

  static String changed(JsonObject change) {
    long n = change.get("changed").getAsLong();
    return text(change, "action") + ": " + n + (n == 1 ? " delivery" : " deliveries");
  }

  private static String recipient(JsonObject r) {
    String reply = text(r, "reply");
    String heard = reply.isEmpty() ? text(r, "why") : reply;
    return text(r, "recipient") + (heard.isEmpty() ? "" : "  " + heard);
  }

  private static String indented(String text) {
    return "  " + text.replace("\n", "\n  ");
  }

  private static String text(JsonObject o, String name) {
    return o.has(name) ? o.get(name).getAsString() : "";
  }
}
