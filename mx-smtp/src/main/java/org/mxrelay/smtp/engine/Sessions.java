package org.mxrelay.smtp.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mxrelay.reply.Stage;
import org.mxrelay.routing.Fallthrough.Rank;
import org.mxrelay.routing.Route;
import org.mxrelay.smtp.message.MessageSource;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.Delivery;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.Lacking;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.smtp.transport.Transport;
import org.mxrelay.tls.TlsDemand;

/**
 * Has the transport make one transaction, and has what came of it judged.
 *
 * <p>Safe for use by several threads.
 */
record Sessions(
    Transport transport,
    DeliveryQueue queue,
    Judge judge,
    Times times,
    Reachability reach,
    Lanes lanes) {

  /** What a session is to be. */
  record Plan(Route route, TlsDemand tls, Rank rank) {}

  Session hold(Work work, Plan plan, List<Recipient> recipients)
      throws InterruptedException, BrokenOff {
    Transaction transaction = transaction(work, plan, recipients);
    work.begin(plan.route(), recipients);
    AttemptResult result = transport.attempt(transaction);
    Map<Recipient, RecipientResult> results = complete(result, recipients);
    Map<Recipient, Heard> heard = heard(plan, result.session(), results);
    Session session =
        new Session(plan.route(), result.session(), heard, times.now(), Optional.of(plan.tls()));
    reach.learn(work.delivery().destination(), session);
    work.end(session);
    return session;
  }

  /** What was said alike to many is judged once. */
  private Map<Recipient, Heard> heard(
      Plan plan, SessionFacts session, Map<Recipient, RecipientResult> results) {
    Map<RecipientResult, Heard> judged = new HashMap<>();
    Map<Recipient, Heard> heard = new LinkedHashMap<>();
    results.forEach(
        (recipient, result) ->
            heard.put(
                recipient,
                judged.computeIfAbsent(
                    result,
                    r -> TlsChoice.mark(plan.tls(), judge.hear(plan.route(), session, r)))));
    return heard;
  }

  /**
   * A route that the message may not take, whatever its exchange offers: nobody is connected to.
   */
  Session refrain(Work work, Route route, List<Recipient> recipients, Lacking why) {
    SessionFacts none = SessionFacts.none(route.address());
    Map<Recipient, Heard> heard = new LinkedHashMap<>();
    recipients.forEach(recipient -> heard.put(recipient, judge.hear(route, none, why)));
    work.hear(heard);
    return new Session(route, none, heard, times.now());
  }

  private Transaction transaction(Work work, Plan plan, List<Recipient> recipients) {
    Delivery delivery = work.delivery();
    MessageSource message = queue.message(delivery.submission());
    return new Transaction(
        plan.route(),
        plan.tls(),
        delivery.envelope().to(recipients),
        message,
        delivery.facts(),
        new SessionGate(work, lanes, times.pause()));
  }

  /** Whom the transport forgot got no answer; nobody is lost by it (G3). */
  private static Map<Recipient, RecipientResult> complete(
      AttemptResult result, List<Recipient> recipients) {
    Map<Recipient, RecipientResult> all = new LinkedHashMap<>();
    RecipientResult forgotten = new Broken(Stage.RCPT, "the transport gave no result");
    recipients.forEach(r -> all.put(r, result.results().getOrDefault(r, forgotten)));
    return all;
  }
}
