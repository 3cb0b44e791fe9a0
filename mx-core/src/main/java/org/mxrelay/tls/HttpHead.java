package org.mxrelay.tls;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status and fields of a response (RFC 9112, 4 and 5). Immutable.
 *
 * @param fields by names in lower case; values of the same name are joined by commas
 */
record HttpHead(int status, Map<String, String> fields) {

  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})( .*)?");
  private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~A-Za-z0-9-]+):(.*)");

  HttpHead {
    fields = Map.copyOf(fields);
  }

  /** The head of the final response: those before it (1xx) say nothing. */
  static HttpHead read(HttpInput in) throws IOException {
    HttpHead head = readOne(in);
    while (head.status() < 200) {
      head = readOne(in);
    }
    return head;
  }

  private static HttpHead readOne(HttpInput in) throws IOException {
    Matcher status = STATUS_LINE.matcher(in.line());
    if (!status.matches()) {
      throw new BadResponse("not a response of HTTP/1.1");
    }
    Map<String, String> fields = new HashMap<>();
    for (String line = in.line(); !line.isEmpty(); line = in.line()) {
      Matcher field = FIELD.matcher(line);
      if (!field.matches()) {
        throw new BadResponse("a header that is not name: value");
      }
      String name = field.group(1).toLowerCase(Locale.ROOT);
      fields.merge(name, Blanks.trim(field.group(2)), (one, other) -> one + ", " + other);
    }
    return new HttpHead(Integer.parseInt(status.group(1)), fields);
  }

  /** The field's value in lower case, empty if there is none. */
  String field(String name) {
    return fields.getOrDefault(name, "").toLowerCase(Locale.ROOT);
  }
}
