package org.mxrelay.smtp.jakarta;

/** Why something failed, as one printable line: exceptions may quote what a stranger sent. */
final class Causes {

  private static final int LONGEST = 300;

  private Causes() {}

  /** The innermost reason; what stands around it says that Angus could not go on. */
  static String printable(Exception e) {
    Throwable reason = e;
    while (reason.getCause() != null && reason.getCause().getMessage() != null) {
      reason = reason.getCause();
    }
    String text = reason.getMessage() == null ? reason.toString() : reason.getMessage();
    String line = text.strip().replaceAll("[\\p{C}\\u2028\\u2029]", " ");
    return line.substring(0, Math.min(LONGEST, line.length()));
  }
}
