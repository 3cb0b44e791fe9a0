package org.mxrelay.examples.outage;

import org.mxrelay.examples.outage.Letter.Nature;

/** A filter for spam. Pure. */
enum Filter {
  /** It knows where a message comes from. */
  WITH_ADDRESS,
  /** It sees the message alone. */
  CONTENT_ONLY;

  Said judge(Nature nature) {
    if (this == WITH_ADDRESS && nature.isListed()) {
      return Said.BLOCKED;
    }
    return nature.isTelltale() ? Said.REFUSED_AS_SPAM : Said.TAKEN;
  }
}
