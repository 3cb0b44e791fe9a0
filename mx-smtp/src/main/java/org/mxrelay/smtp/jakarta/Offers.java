package org.mxrelay.smtp.jakarta;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.mxrelay.reply.Reply;

/**
 * What a peer offers in its reply to EHLO (RFC 5321, 4.1.1.1).
 *
 * <p>Immutable.
 *
 * @param keywords in upper case, each with what stood behind it
 */
record Offers(Map<String, String> keywords) {

  static final Offers NONE = new Offers(Map.of());

  private static final Pattern SIZE = Pattern.compile("0*[1-9]\\d{0,17}");

  Offers {
    keywords = Map.copyOf(keywords);
  }

  static Offers of(Reply ehlo) {
    Map<String, String> found = new LinkedHashMap<>();
    List<String> lines = ehlo.lines();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.strip().split("\\s+", 2);
      found.putIfAbsent(words[0].toUpperCase(Locale.ROOT), words.length > 1 ? words[1] : "");
    }
    return new Offers(found);
  }

  boolean has(String keyword) {
    return keywords.containsKey(keyword);
  }

  /** The largest message the peer takes, if it says (RFC 1870, 4; zero means no limit). */
  OptionalLong sizeLimit() {
    String size = keywords.getOrDefault("SIZE", "").strip();
    return SIZE.matcher(size).matches()
        ? OptionalLong.of(Long.parseLong(size))
        : OptionalLong.empty();
  }
}
