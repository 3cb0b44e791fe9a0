package org.mxrelay.tls;

import java.io.IOException;
import java.io.Serial;

/** A response that is not what was asked for; the message says why in words of ours. */
final class BadResponse extends IOException {

  @Serial private static final long serialVersionUID = 1;

  BadResponse(String why) {
    super(why);
  }
}
