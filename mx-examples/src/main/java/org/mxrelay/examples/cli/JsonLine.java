package org.mxrelay.examples.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Makes a record field by field, in order. Confined to one thread. */
final class JsonLine {

  private final JsonObject fields = new JsonObject();

  JsonLine put(String name, String value) {
    fields.addProperty(name, value);
    return this;
  }

  JsonLine put(String name, Number value) {
    fields.addProperty(name, value);
    return this;
  }

  JsonLine put(String name, boolean value) {
    fields.addProperty(name, value);
    return this;
  }

  JsonLine put(String name, Instant value) {
    return put(name, value.toString());
  }

  JsonLine put(String name, Duration value) {
    return put(name, value.toString());
  }

  JsonLine put(String name, JsonElement value) {
    fields.add(name, value);
    return this;
  }

  /** The value's text, or null. */
  JsonLine putOrNull(String name, Optional<?> value) {
    return put(
        name,
        value.<JsonElement>map(v -> new JsonPrimitive(v.toString())).orElse(JsonNull.INSTANCE));
  }

  /** The value if there is something to say. */
  JsonLine putIfAny(String name, String value) {
    return value.isEmpty() ? this : put(name, value);
  }

  JsonObject done() {
    return fields;
  }
}
