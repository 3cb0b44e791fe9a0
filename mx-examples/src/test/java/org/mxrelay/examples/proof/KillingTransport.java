package org.mxrelay.examples.proof;

import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.LastByteGate;
import org.mxrelay.smtp.transport.Transaction;
import org.mxrelay.smtp.transport.Transport;

/** A transport around whose attempts, and at whose gate, the process dies. */
record KillingTransport(Transport other, Fuse fuse) implements Transport {

  @Override
  public AttemptResult attempt(Transaction asked) throws InterruptedException {
    fuse.at(KillPoint.ATTEMPT_BEGINS);
    AttemptResult result =
        other.attempt(
            new Transaction(
                asked.route(),
                asked.tls(),
                asked.envelope(),
                asked.message(),
                asked.facts(),
                () -> ask(asked.gate())));
    fuse.at(KillPoint.ATTEMPT_RETURNED);
    return result;
  }

  private LastByteGate.Answer ask(LastByteGate gate) {
    fuse.at(KillPoint.GATE_ASKED);
    LastByteGate.Answer answer = gate.ask();
    if (answer == LastByteGate.Answer.GO) {
      fuse.at(KillPoint.GATE_OPEN);
    }
    return answer;
  }

  @Override
  public void close() {
    other.close();
  }
}
