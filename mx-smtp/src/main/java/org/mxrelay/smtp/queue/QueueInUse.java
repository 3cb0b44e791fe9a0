package org.mxrelay.smtp.queue;

/** Another engine delivers from this store, which serves one at a time. */
public final class QueueInUse extends QueueException {

  private static final long serialVersionUID = 1L;

  private final long pid;

  /**
   * @param store the store's name for people
   * @param pid the other engine's process, 0 if unknown
   */
  public QueueInUse(String store, long pid) {
    super(store + " is in use by " + (pid == 0 ? "another engine" : "process " + pid));
    this.pid = pid;
  }

  /** The other engine's process, 0 if unknown. */
  public long pid() {
    return pid;
  }
}
