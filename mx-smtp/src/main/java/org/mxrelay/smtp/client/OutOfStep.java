package org.mxrelay.smtp.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mxrelay.reply.Reply;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.NextTransaction;
import org.mxrelay.smtp.transport.RecipientResult.Refused;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;

/**
 * Tells whether a 503 speaks of the session rather than of the recipient: the peer and the client
 * do not agree on where they are. Such an answer is believed only if a new connection gives it
 * again.
 */
final class OutOfStep {

  private OutOfStep() {}

  /** Whether anybody was told 503 (RFC 5321, 4.2.2: bad sequence of commands). */
  static boolean isIn(AttemptResult result) {
    for (RecipientResult one : result.results().values()) {
      if (is503(one)) {
        return true;
      }
    }
    return false;
  }

  /** Whom to ask again on a new connection; nobody if the transaction worked for anybody. */
  static List<Recipient> recipients(AttemptResult result) {
    if (!isIn(result)) {
      return List.of();
    }
    boolean sent = result.session().lastByte() == LastByte.SENT;
    if (result.results().values().stream().anyMatch(r -> isProgress(r, sent))) {
      return List.of();
    }
    return result.results().entrySet().stream()
        .filter(e -> is503(e.getValue()) || e.getValue() instanceof Broken)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What the second session said to those who were asked again, the first to the others. */
  static AttemptResult merged(AttemptResult first, AttemptResult second) {
    Map<Recipient, RecipientResult> all = new LinkedHashMap<>(first.results());
    all.putAll(second.results());
    return new AttemptResult(second.session(), all);
  }

  /** The message was taken, or may have been, or others of it are to follow. */
  private static boolean isProgress(RecipientResult result, boolean sent) {
    return result instanceof Answered
        || result instanceof NextTransaction
        || (result instanceof Broken && sent);
  }

  private static boolean is503(RecipientResult result) {
    return result instanceof Refused refused
        && !refused.stage().isBeforeMail()
        && isBadSequence(refused.reply());
  }

  private static boolean isBadSequence(Reply reply) {
    return reply.code() == 503;
  }
}
