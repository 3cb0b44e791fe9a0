package org.mxrelay.smtp.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.mxrelay.reply.EnhancedStatusCode;
import org.mxrelay.reply.Reply;
import org.mxrelay.reply.Stage;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.LastByteGate;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.RecipientResult.Answered;
import org.mxrelay.smtp.transport.RecipientResult.Broken;
import org.mxrelay.smtp.transport.RecipientResult.Lacking;
import org.mxrelay.smtp.transport.RecipientResult.NextTransaction;
import org.mxrelay.smtp.transport.RecipientResult.Refused;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.smtp.transport.Transport;

/** Exchanges that do as they are told, one script after the other; the last one stays. */
final class ScriptedTransport implements Transport {

  /** What an exchange does with a transaction. */
  @FunctionalInterface
  interface Script {
    AttemptResult play(Transaction transaction) throws InterruptedException;
  }

  final List<Transaction> seen = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Deque<Script>> scripts = new ConcurrentHashMap<>();

  ScriptedTransport at(String exchange, Script... all) {
    scripts.put(exchange, new ArrayDeque<>(List.of(all)));
    return this;
  }

  @Override
  public AttemptResult attempt(Transaction transaction) throws InterruptedException {
    seen.add(transaction);
    Deque<Script> mine = scripts.get(transaction.route().exchange());
    if (mine == null) {
      throw new AssertionError("nothing scripted for " + transaction.route());
    }
    return next(mine).play(transaction);
  }

  private Script next(Deque<Script> mine) {
    lock.lock();
    try {
      return mine.size() > 1 ? mine.remove() : mine.element();
    } finally {
      lock.unlock();
    }
  }

  /** The exchanges that were talked to, in order. */
  List<String> exchanges() {
    return seen.stream().map(t -> t.route().exchange()).toList();
  }

  static Script relays() {
    return each(r -> new Answered(Reply.of(250, "2.0.0 queued as 1")));
  }

  static Script refuses(Stage stage, int code, String text) {
    return each(r -> new Refused(stage, Reply.of(code, text)));
  }

  /** The exchange does not offer what the message needs, and nothing is asked. */
  static Script lacks(String status) {
    return each(
        r -> new Lacking(Stage.MAIL, EnhancedStatusCode.of(status), "the exchange lacks it"));
  }

  /** No session: the connection is refused, the TLS handshake fails. */
  static Script breaks(Stage stage) {
    return t ->
        AttemptResult.broken(
            SessionFacts.none(t.route().address()),
            t.envelope().recipients(),
            stage,
            "connection lost");
  }

  /** The last byte goes out, and no reply comes. */
  static Script swallows() {
    return t -> {
      if (t.gate().ask() == LastByteGate.Answer.STOP) {
        return breaks(Stage.BODY).play(t);
      }
      return AttemptResult.broken(
          facts(t, LastByte.SENT), t.envelope().recipients(), Stage.END_OF_DATA, "timed out");
    };
  }

  /** Each recipient by its local part: 250, another code at RCPT, or {@code more}. */
  static Script byLocalPart(Map<String, Integer> codes) {
    return each(
        r -> {
          int code = codes.getOrDefault(r.mailbox().localPart(), 250);
          return code == 250
              ? new Answered(Reply.of(250, "2.0.0 ok"))
              : new Refused(Stage.RCPT, Reply.of(code, "as scripted"));
        });
  }

  /** Takes that many recipients in a transaction and puts the others off. */
  static Script takes(int most) {
    return t -> {
      Map<Recipient, RecipientResult> results = new LinkedHashMap<>();
      for (Recipient recipient : t.envelope().recipients()) {
        results.put(
            recipient,
            results.size() < most
                ? new Answered(Reply.of(250, "2.0.0 ok"))
                : new NextTransaction(Reply.of(452, "4.5.3 too many recipients")));
      }
      return new AttemptResult(facts(t, LastByte.SENT), results);
    };
  }

  /** The last byte goes out; that recipient gets no answer, the others were refused before. */
  static Script uncertainFor(String localPart) {
    return t -> {
      Map<Recipient, RecipientResult> results = new LinkedHashMap<>();
      for (Recipient recipient : t.envelope().recipients()) {
        results.put(
            recipient,
            recipient.mailbox().localPart().equals(localPart)
                ? new Broken(Stage.END_OF_DATA, "connection lost")
                : new Refused(Stage.RCPT, Reply.of(550, "5.1.1 no such user")));
      }
      return new AttemptResult(facts(t, LastByte.SENT), results);
    };
  }

  static Script each(Function<Recipient, RecipientResult> by) {
    return t -> {
      Map<Recipient, RecipientResult> results = new LinkedHashMap<>();
      t.envelope().recipients().forEach(r -> results.put(r, by.apply(r)));
      boolean data = results.values().stream().anyMatch(Answered.class::isInstance);
      if (data && t.gate().ask() == LastByteGate.Answer.STOP) {
        t.envelope()
            .recipients()
            .forEach(r -> results.replace(r, new Broken(Stage.BODY, "the gate is shut")));
        data = false;
      }
      return new AttemptResult(facts(t, data ? LastByte.SENT : LastByte.NOT_SENT), results);
    };
  }

  static SessionFacts facts(Transaction t, LastByte lastByte) {
    return new SessionFacts(t.route().address(), Optional.empty(), Set.of(), lastByte);
  }
}
