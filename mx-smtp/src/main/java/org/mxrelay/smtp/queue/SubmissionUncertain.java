package org.mxrelay.smtp.queue;

/**
 * Nobody knows whether a submission was stored: the answer to the commit was lost. Submitting it
 * again under the same id is safe.
 */
public final class SubmissionUncertain extends QueueException {

  private static final long serialVersionUID = 1L;

  private final transient SubmissionId id;

  public SubmissionUncertain(SubmissionId id, Throwable cause) {
    super("nobody knows whether submission " + id + " was stored", cause);
    this.id = id;
  }

  /** The id under which to submit again. */
  public SubmissionId id() {
    return id;
  }
}
