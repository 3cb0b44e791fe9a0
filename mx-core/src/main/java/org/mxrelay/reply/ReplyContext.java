package org.mxrelay.reply;

/**
 * Where a reply was said.
 *
 * <p>Immutable.
 *
 * @param stage the stage of the session
 * @param exchange the exchange's name as it was routed to, in lower case; empty if unknown
 */
public record ReplyContext(Stage stage, String exchange) {

  /**
   * A reply of which nobody recorded when it was said, as in a bounce or a log. It is judged as one
   * to RCPT, where most refusals are said: nothing is softened for the stage's sake.
   */
  public static ReplyContext unknown() {
    return at(Stage.RCPT);
  }

  /** A reply at some stage of a session with nobody in particular. */
  public static ReplyContext at(Stage stage) {
    return new ReplyContext(stage, "");
  }
}
