package org.mxrelay.smtp.metrics;

import java.util.List;

/** A relay as JMX shows it. Its attributes ask the store each time. */
public interface RelayMXBean {

  /** WORKING, PAUSED, STORE_FAILS or CLOSED. */
  String getState();

  /** What is wrong, in words; empty if nothing is. */
  String getProblem();

  /** Deliveries that may be claimed now. */
  long getDue();

  /** Deliveries that wait for their time. */
  long getScheduled();

  /** Deliveries that somebody works on, on any node. */
  long getActive();

  /** Deliveries that wait for a person. */
  long getHeld();

  /** For how many seconds the earliest delivery has been due; 0 if none is. */
  double getOldestDueSeconds();

  /** When the engine last asked for work, as an ISO instant; empty before the first time. */
  String getLastClaim();

  /** Claims nothing more; what is under way goes on. */
  void pause();

  /** Claims again. */
  void resume();

  /**
   * Why a message is still here, a line each; one line that it is not known otherwise.
   *
   * @param id of the message
   */
  List<String> explain(String id);

  /**
   * Makes what waits for a domain due at once.
   *
   * @param domain or address literal
   * @return how many deliveries that changed
   */
  int flush(String domain);
}
