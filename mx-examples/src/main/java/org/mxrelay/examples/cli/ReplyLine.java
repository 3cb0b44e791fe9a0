package org.mxrelay.examples.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.ReplyContext;
import org.mxrelay.reply.Stage;

/**
 * A reply to be judged, read from a line of JSON.
 *
 * @param id as it was given: a string, a number, or null
 * @param reply what was said
 * @param at where
 */
record ReplyLine(JsonElement id, Reply reply, ReplyContext at) {

  /**
   * @throws IllegalArgumentException if the line is not such a record, saying why
   */
  static ReplyLine parse(String line) {
    JsonObject o = object(line);
    int code = code(field(o, "code"));
    List<String> lines = Arrays.asList(text(o, "text").split("\\r\\n|\\r|\\n", -1));
    Reply said = Reply.of(code, lines.toArray(String[]::new));
    // RFC 2034, 4: a code of another class than the reply's says nothing.
    Optional<EnhancedStatusCode> status =
        EnhancedStatusCode.find(text(o, "enhanced")).filter(e -> e.severity() == code / 100);
    Reply reply = status.isPresent() ? new Reply(code, status, said.lines()) : said;
    return new ReplyLine(field(o, "id"), reply, ReplyContext.at(stage(text(o, "stage"))));
  }

  private static JsonObject object(String line) {
    try {
      JsonElement element = Output.GSON.fromJson(line, JsonElement.class);
      if (element instanceof JsonObject o) {
        return o;
      }
      throw new IllegalArgumentException("not a JSON object");
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("not JSON (RFC 8259)", e);
    }
  }

  private static int code(JsonElement code) {
    try {
      return code.getAsBigDecimal().intValueExact();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("\"code\" is not a reply code: " + code, e);
    }
  }

  /** A field's text; empty where it is absent or null. */
  private static String text(JsonObject o, String name) {
    JsonElement value = field(o, name);
    if (value.isJsonNull()) {
      return "";
    }
    if (!value.isJsonPrimitive()) {
      throw new IllegalArgumentException("\"" + name + "\" is not a string: " + value);
    }
    return value.getAsString();
  }

  private static JsonElement field(JsonObject o, String name) {
    return o.has(name) ? o.get(name) : JsonNull.INSTANCE;
  }

  private static Stage stage(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      // Most refusals are said at RCPT: what is known of none is judged as one of these.
      case "" -> Stage.RCPT;
      case "CONNECT", "GREETING" -> Stage.GREETING;
      case "EHLO", "HELO" -> Stage.EHLO;
      case "STARTTLS" -> Stage.STARTTLS;
      case "AUTH" -> Stage.AUTH;
      case "MAIL" -> Stage.MAIL;
      case "RCPT" -> Stage.RCPT;
      case "DATA" -> Stage.DATA;
      case "END-OF-DATA" -> Stage.END_OF_DATA;
      default ->
          throw new IllegalArgumentException(
              "\"stage\" is none of connect, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, end-of-data"
                  + " and null: \""
                  + word
                  + "\"");
    };
  }
}
