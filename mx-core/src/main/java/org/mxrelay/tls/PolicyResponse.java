package org.mxrelay.tls;

import java.io.IOException;
import java.io.InputStream;

/** What a policy's host says must be such and such (RFC 8461, 3.3). Stateless. */
final class PolicyResponse {

  private PolicyResponse() {}

  static PolicyAnswer read(InputStream from) throws IOException {
    HttpInput in = new HttpInput(from);
    HttpHead head = HttpHead.read(in);
    // RFC 8461, 3.3: redirects must not be followed, and only 200 is a policy.
    if (head.status() != 200) {
      throw new BadResponse("status " + head.status());
    }
    String type = Blanks.trim(head.field("content-type").split(";", 2)[0]);
    if (!type.equals("text/plain")) {
      throw new BadResponse("Content-Type is not text/plain");
    }
    String coding = head.field("content-encoding");
    if (!coding.isEmpty() && !coding.equals("identity")) {
      // None was asked for, and what unpacks to gigabytes must not be unpacked.
      throw new BadResponse("Content-Encoding that was not asked for");
    }
    return StsPolicyText.read(HttpBody.read(head, in, StsPolicyText.MOST));
  }
}
