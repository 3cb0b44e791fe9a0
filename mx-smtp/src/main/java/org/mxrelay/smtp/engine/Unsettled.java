package org.mxrelay.smtp.engine;

import org.mxrelay.smtp.queue.Settlement;

/**
 * An attempt that is over, and whose outcome is not stored yet.
 *
 * @param work whose lease it is
 * @param conclusion what is to be stored, and then told
 */
record Unsettled(Work work, Conclusion conclusion) {

  Settlement settlement() {
    return conclusion.settlement();
  }
}
