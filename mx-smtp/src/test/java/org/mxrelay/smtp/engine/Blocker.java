package org.mxrelay.smtp.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mxrelay.smtp.transport.AttemptResult;
import org.mxrelay.smtp.transport.LastByteGate.Answer;
import org.mxrelay.smtp.transport.Transaction;

/** A session that waits where a test wants it, until the test lets it go on. */
final class Blocker {

  final CountDownLatch reached = new CountDownLatch(1);
  final CountDownLatch goOn = new CountDownLatch(1);
  final CountDownLatch left = new CountDownLatch(1);

  /** Waits before the last byte; an interrupt ends it. */
  ScriptedTransport.Script beforeTheLastByte(ScriptedTransport.Script then) {
    return t -> {
      reached.countDown();
      try {
        assertTrue(goOn.await(60, TimeUnit.SECONDS), "never let go");
        return then.play(t);
      } finally {
        left.countDown();
      }
    };
  }

  /** Waits before the last byte, and does not heed an interrupt. */
  ScriptedTransport.Script deafBeforeTheLastByte(ScriptedTransport.Script then) {
    return t -> {
      reached.countDown();
      return deaf(t, then);
    };
  }

  /** Waits for the reply, as a transport does after the last byte: by its own deadline only. */
  ScriptedTransport.Script afterTheLastByte(ScriptedTransport.Script then) {
    return t -> {
      if (t.gate().ask() == Answer.STOP) {
        throw new AssertionError("the gate is shut");
      }
      reached.countDown();
      return deaf(t, then);
    };
  }

  private AttemptResult deaf(Transaction t, ScriptedTransport.Script then)
      throws InterruptedException {
    boolean interrupted = false;
    while (true) {
      try {
        assertTrue(goOn.await(60, TimeUnit.SECONDS), "never let go");
        AttemptResult result = then.play(t);
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        left.countDown();
        return result;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
