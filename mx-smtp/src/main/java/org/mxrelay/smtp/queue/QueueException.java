package org.mxrelay.smtp.queue;

/** The store failed. What was asked of it did not happen. */
public class QueueException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public QueueException(String message) {
    super(message);
  }

  public QueueException(String message, Throwable cause) {
    super(message, cause);
  }
}
