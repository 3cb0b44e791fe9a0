package org.mxrelay.smtp.engine;

/** An attempt ends early: the relay closes, or the lease is not surely ours any more. */
final class BrokenOff extends Exception {
  private static final long serialVersionUID = 1L;

  BrokenOff(String why) {
    super(why, null, false, false);
  }
}
