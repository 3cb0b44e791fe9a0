package org.mxrelay.examples.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A routing decision as people read it. */
final class RouteText {

  private RouteText() {}

  static String of(JsonObject line) {
    List<String> text = new ArrayList<>();
    text.add(headline(line));
    line.getAsJsonArray("hosts").forEach(h -> text.add(host(h.getAsJsonObject())));
    line.getAsJsonArray("refused").forEach(r -> text.add(refused(r.getAsJsonObject())));
    if (line.has("notes")) {
      line.getAsJsonArray("notes").forEach(n -> text.add(note(n.getAsJsonObject())));
    }
    return String.join("\n", text);
  }

  private static String headline(JsonObject line) {
    String domain = line.get("domain").getAsString();
    if (line.getAsJsonArray("hosts").size() > 0) {
      return domain;
    }
    return String.format(
        "%s  %s, %s: %s %s",
        domain,
        line.get("permanent").getAsBoolean() ? "fails" : "must wait",
        line.get("outcome").getAsString(),
        line.get("status").getAsString(),
        line.get("reason").getAsString());
  }

  private static String host(JsonObject host) {
    return String.format(
        "  %5d  %-32s %s%s",
        host.get("preference").getAsInt(),
        host.get("name").getAsString(),
        joined(host.getAsJsonArray("addresses")),
        host.get("implicit").getAsBoolean() ? "  (implicit MX)" : "");
  }

  private static String refused(JsonObject refused) {
    return String.format(
        "      -  %-32s %s  refused: %s",
        refused.get("name").getAsString(),
        refused.get("address").getAsString(),
        refused.get("why").getAsString());
  }

  private static String note(JsonObject note) {
    String address = note.has("address") ? " " + note.get("address").getAsString() : "";
    return String.format(
        "      .  %s%s: %s (%s)",
        note.get("exchange").getAsString(),
        address,
        note.get("why").getAsString(),
        note.get("kind").getAsString());
  }

  private static String joined(JsonArray texts) {
    List<String> all = new ArrayList<>();
    for (JsonElement text : texts) {
      all.add(text.getAsString());
    }
    return String.join(" ", all);
  }
}
