package org.mxrelay.smtp.queue;

import java.util.Optional;
import org.mxrelay.reply.Category;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Stage;

/**
 * What was heard of a recipient: everything that a report and a log line need.
 *
 * <p>Immutable.
 *
 * @param status the enhanced status code for reports
 * @param category why
 * @param stage where in the session, if there was one
 * @param exchange the exchange that was talked to; empty if none was
 * @param reply the reply in its printable form; empty if none came
 * @param why in words
 */
public record Diagnostic(
    EnhancedStatusCode status,
    Category category,
    Optional<Stage> stage,
    String exchange,
    String reply,
    String why) {

  /** Something that happened without any session. */
  public static Diagnostic local(EnhancedStatusCode status, Category category, String why) {
    return new Diagnostic(status, category, Optional.empty(), "", "", why);
  }
}
