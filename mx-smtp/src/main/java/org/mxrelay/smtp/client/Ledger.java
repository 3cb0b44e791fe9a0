package org.mxrelay.smtp.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.SessionFacts;

/**
 * What each recipient of a transaction was told. The first answer stands, whatever befalls the
 * session or another recipient after it (G8).
 *
 * <p>Confined to one transaction.
 */
final class Ledger {

  private final List<Recipient> recipients;
  private final Map<Recipient, RecipientResult> results = new LinkedHashMap<>();
  private final List<Recipient> accepted = new ArrayList<>();
  private List<Recipient> postponed = List.of();

  Ledger(List<Recipient> recipients) {
    this.recipients = recipients;
  }

  void settle(Recipient recipient, RecipientResult result) {
    results.putIfAbsent(recipient, result);
  }

  /** The same answer for all of this transaction who have none yet. */
  void settleOpen(RecipientResult result) {
    open().forEach(r -> settle(r, result));
  }

  /** The same answer for all who have none yet, those too who were to come later. */
  void settleEverybody(RecipientResult result) {
    recipients.forEach(r -> settle(r, result));
  }

  /** These are not part of this transaction, and what becomes of it is no answer for them. */
  void postpone(List<Recipient> others) {
    postponed = List.copyOf(others);
  }

  /** An answer for those who were postponed. */
  void settlePostponed(Supplier<RecipientResult> result) {
    if (!postponed.isEmpty()) {
      RecipientResult one = result.get();
      postponed.forEach(r -> settle(r, one));
    }
  }

  /** The recipient was accepted: what becomes of the message is its answer. */
  void accept(Recipient recipient) {
    if (!results.containsKey(recipient)) {
      accepted.add(recipient);
    }
  }

  boolean hasAccepted() {
    return !accepted.isEmpty();
  }

  /** Those who were accepted, in order. */
  List<Recipient> accepted() {
    return List.copyOf(accepted);
  }

  /** Whether everybody of this transaction has an answer. */
  boolean isSettled() {
    return results.size() + postponed.size() >= recipients.size();
  }

  /** Those of this transaction without an answer. */
  List<Recipient> open() {
    Set<Recipient> later = postponed.isEmpty() ? Set.of() : new HashSet<>(postponed);
    List<Recipient> open = new ArrayList<>(recipients.size());
    for (Recipient recipient : recipients) {
      if (!results.containsKey(recipient) && !later.contains(recipient)) {
        open.add(recipient);
      }
    }
    return open;
  }

  AttemptResult result(SessionFacts facts) {
    return new AttemptResult(facts, results);
  }
}
