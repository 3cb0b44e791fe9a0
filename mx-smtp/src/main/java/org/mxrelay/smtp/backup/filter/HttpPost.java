package org.mxrelay.smtp.backup.filter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mxrelay.smtp.message.MessageSource;

/**
 * One POST of a message, and its answer. HTTP/1.0, for which the answer ends with the connection:
 * the JDK's client has no deadline for a body, and threads that nobody can replace.
 */
final class HttpPost {

  private static final int MOST = 1024 * 1024;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: [^\r\n]*)?");
  private static final Pattern LENGTH =
      Pattern.compile("(?im)^Content-Length:[ \t]*([0-9]{1,9})[ \t]*\r?$");
  private static final Pattern CHUNKED = Pattern.compile("(?im)^Transfer-Encoding:");

  private HttpPost() {}

  /**
   * @param head the request line and the fields, without line ends
   * @param size the message's octets
   * @return the body of the answer
   * @throws IOException also if the answer is not a whole 200, or longer than 1 MiB
   */
  static byte[] send(FilterSocket to, List<String> head, long size, MessageSource message)
      throws IOException {
    OutputStream out = new BufferedOutputStream(to.out(), 32 * 1024);
    for (String line : head) {
      out.write((line + "\r\n").getBytes(ISO_8859_1));
    }
    out.write(("Content-Length: " + size + "\r\n\r\n").getBytes(ISO_8859_1));
    try (InputStream in = message.open()) {
      in.transferTo(out);
    }
    out.flush();
    return body(to.in().readNBytes(MOST + 1));
  }

  private static byte[] body(byte[] answer) throws IOException {
    if (answer.length > MOST) {
      throw new IOException("an answer of more than " + MOST + " octets");
    }
    String text = new String(answer, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    String head = end < 0 ? "" : text.substring(0, end);
    String status = head.lines().findFirst().orElse("");
    Matcher matcher = STATUS.matcher(status);
    if (!matcher.matches() || !matcher.group(1).equals("200")) {
      throw new IOException("answered '" + status + "'");
    }
    String body = text.substring(end + 4);
    requireWhole(head, body.length());
    return body.getBytes(ISO_8859_1);
  }

  private static void requireWhole(String head, int length) throws IOException {
    Matcher announced = LENGTH.matcher(head);
    if (CHUNKED.matcher(head).find()) {
      throw new IOException("an answer in chunks to a request of HTTP/1.0");
    }
    if (announced.find() && Integer.parseInt(announced.group(1)) != length) {
      throw new IOException("an answer that broke off");
    }
  }
}
