package org.mxrelay.examples.cli;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** An event as people read it: when, which message, what, about whom, and why. */
final class EventText {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss").withZone(ZoneId.systemDefault());

  private EventText() {}

  static String of(JsonObject event) {
    return String.format(
        "%s  %s  %-9s  %s",
        CLOCK.format(Instant.parse(text(event, "at"))),
        shortId(text(event, "id")),
        text(event, "event").replace('_', ' '),
        String.join("  ", about(event)));
  }

  /** The last characters, which differ where the first are a time. */
  private static String shortId(String id) {
    return id.length() <= 12 ? String.format("%-12s", id) : id.substring(id.length() - 12);
  }

  private static List<String> about(JsonObject event) {
    List<String> parts = new ArrayList<>();
    switch (text(event, "event")) {
      case "queued" -> parts.add(text(event, "recipients") + " recipient(s)" + from(event));
      case "attempt" -> parts.add("#" + text(event, "attempt") + " " + peer(event));
      default -> add(parts, text(event, "recipient"));
    }
    add(parts, heard(event));
    if (event.has("due")) {
      parts.add("next " + DAY.format(Instant.parse(text(event, "due"))));
    }
    return parts;
  }

  private static String from(JsonObject event) {
    if (event.has("file")) {
      return ", " + text(event, "file") + ", id " + text(event, "id");
    }
    String from = text(event, "from");
    return from.isEmpty() ? ", a report" : ", from " + from;
  }

  private static String peer(JsonObject event) {
    String tls = text(event, "tls");
    return String.format(
        "%s [%s]%s",
        text(event, "host"), text(event, "address"), tls.equals("none") ? "" : " " + tls);
  }

  private static String heard(JsonObject event) {
    if (event.has("results")) {
      List<String> each = new ArrayList<>();
      event
          .getAsJsonArray("results")
          .forEach(
              r ->
                  each.add(
                      text(r.getAsJsonObject(), "recipient") + ": " + heard(r.getAsJsonObject())));
      return String.join("; ", each);
    }
    String reply = text(event, "reply");
    String words = reply.isEmpty() ? text(event, "why") : reply;
    String stage = text(event, "stage");
    return stage.isEmpty() || words.isEmpty() ? words : stage + ": " + words;
  }

  private static void add(List<String> parts, String part) {
    if (!part.isEmpty()) {
      parts.add(part);
    }
  }

  private static String text(JsonObject event, String name) {
    return event.has(name) ? event.get(name).getAsString() : "";
  }
}
