package org.mxrelay.examples.outage;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.mxrelay.routing.Fallthrough.Answer;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.LastByteGate;
import org.mxrelay.smtp.transport.RecipientResult;
import org.mxrelay.smtp.transport.SessionFacts;
import org.mxrelay.smtp.transport.SessionFacts.LastByte;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.smtp.transport.Transport;

/** Hands each transaction of a real engine to the simulated exchanges, one at a time. */
final class SimulatedTransport implements Transport {

  private final ReentrantLock oneAtATime;
  private final Map<String, Story> stories;
  private final Exchanges exchanges;
  private final InstantSource clock;

  /** The simulated exchanges. */
  interface Exchanges {
    Said hear(String exchange, Story story, long now);
  }

  SimulatedTransport(
      ReentrantLock oneAtATime,
      Map<String, Story> stories,
      Exchanges exchanges,
      InstantSource clock) {
    this.oneAtATime = oneAtATime;
    this.stories = stories;
    this.exchanges = exchanges;
    this.clock = clock;
  }

  @Override
  public AttemptResult attempt(Transaction transaction) {
    List<Recipient> recipients = transaction.envelope().recipients();
    Story story = stories.get(recipients.get(0).mailbox().localPart());
    oneAtATime.lock();
    try {
      long now = clock.instant().toEpochMilli();
      Said said = exchanges.hear(transaction.route().exchange(), story, now);
      return AttemptResult.forAll(facts(transaction, said), recipients, result(said));
    } finally {
      oneAtATime.unlock();
    }
  }

  private static SessionFacts facts(Transaction transaction, Said said) {
    boolean sent = said.isTaken() || said.answer() == Answer.UNCERTAIN;
    if (sent && transaction.gate().ask() == LastByteGate.Answer.STOP) {
      throw new IllegalStateException("the gate is shut");
    }
    return new SessionFacts(
        transaction.route().address(),
        Optional.empty(),
        Set.of(),
        sent ? LastByte.SENT : LastByte.NOT_SENT);
  }

  private static RecipientResult result(Said said) {
    if (said.isTaken()) {
      return new RecipientResult.Answered(said.reply().orElseThrow());
    }
    return said.reply()
        .<RecipientResult>map(reply -> new RecipientResult.Refused(said.stage(), reply))
        .orElseGet(() -> new RecipientResult.Broken(said.stage(), "as simulated"));
  }
}
