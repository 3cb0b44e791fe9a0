package org.mxrelay.examples.page;

/** Writes HTML element by element, and escapes every text. Confined to one thread. */
public final class Html {

  private final StringBuilder out = new StringBuilder();

  /** Opens an element of a class, which may be empty; {@link #close} ends it. */
  public Html open(String element, String kind) {
    out.append('<').append(element);
    if (!kind.isEmpty()) {
      out.append(" class=\"").append(escaped(kind)).append('"');
    }
    out.append('>');
    return this;
  }

  /** Opens an element that can be linked to. */
  public Html openAt(String element, String id, String kind) {
    out.append('<').append(element).append(" id=\"").append(escaped(id));
    out.append("\" class=\"").append(escaped(kind)).append("\">");
    return this;
  }

  /** Closes the element. */
  public Html close(String element) {
    out.append("</").append(element).append(">\n");
    return this;
  }

  /** A text. */
  public Html text(String words) {
    out.append(escaped(words));
    return this;
  }

  /** An element with a text in it. */
  public Html put(String element, String kind, String words) {
    return open(element, kind).text(words).close(element);
  }

  /** A link within the page. */
  public Html link(String id, String words) {
    out.append("<a href=\"#")
        .append(escaped(id))
        .append("\">")
        .append(escaped(words))
        .append("</a>");
    return this;
  }

  /** Markup of our own, never of strangers. */
  public Html markup(String html) {
    out.append(html);
    return this;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** What was written. */
  @Override
  public String toString() {
    return out.toString();
  }
}
