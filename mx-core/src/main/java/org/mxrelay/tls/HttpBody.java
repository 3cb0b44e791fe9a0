package org.mxrelay.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the content of a response, whole or not at all (RFC 9112, 6 and 7). Stateless. */
final class HttpBody {

  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})[ \\t]*(;.*)?");

  private HttpBody() {}

  static byte[] read(HttpHead head, HttpInput in, int most) throws IOException {
    String coding = head.field("transfer-encoding");
    String length = head.field("content-length");
    if (coding.equals("chunked")) {
      return chunks(in, most);
    } else if (!coding.isEmpty()) {
      throw new BadResponse("Transfer-Encoding is not chunked");
    } else if (length.isEmpty()) {
      return untilTheEnd(in, most);
    } else if (!LENGTH.matcher(length).matches()) {
      throw new BadResponse("Content-Length is no number");
    }
    return in.octets(within(most, Long.parseLong(length)));
  }

  private static byte[] chunks(HttpInput in, int most) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int size = chunkSize(in, most); size > 0; size = chunkSize(in, most - whole.size())) {
      whole.writeBytes(in.octets(size));
      if (!in.line().isEmpty()) {
        throw new BadResponse("a chunk that is longer than it says");
      }
    }
    return whole.toByteArray(); // what may trail behind says nothing of the policy
  }

  private static int chunkSize(HttpInput in, int left) throws IOException {
    Matcher size = CHUNK.matcher(in.line());
    if (!size.matches()) {
      throw new BadResponse("a chunk without a size");
    }
    return within(left, Long.parseLong(size.group(1), 16));
  }

  /**
   * The end of the connection ends the content, which anybody on the way can bring about: a policy
   * that was cut inside a line could say {@code max_age: 6} for 604800.
   */
  private static byte[] untilTheEnd(HttpInput in, int most) throws IOException {
    byte[] octets = in.rest(most);
    within(most, octets.length);
    if (octets.length == 0 || octets[octets.length - 1] != '\n') {
      throw new BadResponse("a response of unknown length that may have been cut off");
    }
    return octets;
  }

  private static int within(int most, long octets) throws BadResponse {
    if (octets > most) {
      throw new BadResponse("a policy of more than " + StsPolicyText.MOST + " octets");
    }
    return (int) octets;
  }
}
