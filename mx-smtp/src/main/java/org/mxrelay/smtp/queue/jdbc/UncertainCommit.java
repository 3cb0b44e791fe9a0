package org.mxrelay.smtp.queue.jdbc;

import org.mxrelay.smtp.queue.QueueException;

/** The answer to a commit was lost: it may have happened. */
final class UncertainCommit extends QueueException {

  private static final long serialVersionUID = 1L;

  UncertainCommit(String message, Throwable cause) {
    super(message, cause);
  }
}
