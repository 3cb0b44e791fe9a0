package org.mxrelay.smtp.queue.journal;

import org.jspecify.annotations.Nullable;

/**
 * The journal could not take a record.
 *
 * <p>Immutable.
 */
public final class JournalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean uncertain;

  JournalException(String what, @Nullable Throwable cause, boolean uncertain) {
    super(what, cause);
    this.uncertain = uncertain;
  }

  /** Whether the record may be read after a restart all the same, since the sync failed. */
  public boolean isUncertain() {
    return uncertain;
  }
}
