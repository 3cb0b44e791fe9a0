package org.mxrelay.smtp.transport;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.message.Recipient;

/**
 * What came of an attempt at one exchange.
 *
 * <p>Immutable.
 *
 * @param session facts of the session
 * @param results one for each recipient of the transaction
 */
public record AttemptResult(SessionFacts session, Map<Recipient, RecipientResult> results) {

  public AttemptResult {
    results = Map.copyOf(results);
  }

  /** The same result for every recipient. */
  public static AttemptResult forAll(
      SessionFacts session, List<Recipient> recipients, RecipientResult result) {
    Map<Recipient, RecipientResult> all = new LinkedHashMap<>();
    recipients.forEach(r -> all.put(r, result));
    return new AttemptResult(session, all);
  }

  /** The session broke before anything was said to anybody. */
  public static AttemptResult broken(
      SessionFacts session, List<Recipient> recipients, Stage stage, String cause) {
    return forAll(session, recipients, new RecipientResult.Broken(stage, cause));
  }

  /** Answers for each recipient with what the function makes of its result. */
  public <T> Map<Recipient, T> map(Function<? super RecipientResult, ? extends T> of) {
    Map<Recipient, T> all = new LinkedHashMap<>();
    results.forEach((recipient, result) -> all.put(recipient, of.apply(result)));
    return all;
  }
}
