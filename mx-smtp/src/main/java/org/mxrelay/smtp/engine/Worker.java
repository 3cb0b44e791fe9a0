package org.mxrelay.smtp.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mxrelay.smtp.message.Recipient;
import org.mxrelay.smtp.queue.DeliveryQueue;
import org.mxrelay.smtp.queue.OpenRecipient;
import org.mxrelay.smtp.queue.QueueException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees work through to its end, whatever befalls it. No exception ever bounces a message: a fault
 * of a router, a transport or a rule is a transient refusal that waits for the patience; a store
 * that cannot be read leaves the lease to run out, and the store counts how often that happens.
 *
 * <p>Safe for use by several threads, each with work of its own.
 */
record Worker(DeliveryRun run, DeliveryQueue queue, Times times, Consumer<Work> whenOver) {

  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  void work(Work work) {
    LogContext.begin(work.delivery());
    try {
      attempt(work);
    } catch (RuntimeException | Error e) {
      log.error(
          "delivery {} of {}: left to its lease",
          work.delivery().id(),
          work.delivery().submission(),
          e);
      if (e instanceof VirtualMachineError fatal) {
        throw fatal;
      }
    } finally {
      LogContext.end();
      if (!work.isInLine()) {
        whenOver.accept(work);
      }
    }
  }

  private void attempt(Work work) {
    try {
      work.start();
      run.run(work);
    } catch (InterruptedException e) {
      giveBack(work);
      if (!work.isStopped()) {
        // Not our own doing: whoever owns the thread wants it to end.
        Thread.currentThread().interrupt();
      }
    } catch (BrokenOff e) {
      giveBack(work);
    } catch (QueueException e) {
      salvage(work, e);
    } catch (RuntimeException e) {
      blame(work, e);
    }
  }

  /**
   * Ends work that did not come to its end: as if it had never been claimed, unless something is
   * known that must not be forgotten.
   */
  void giveBack(Work work) {
    if (!work.takeOver(times.now())) {
      return;
    }
    if (work.hearing().mustBeStored()) {
      run.conclude(work);
    } else if (work.isLost()) {
      run.lost(work);
    } else {
      queue.release(List.of(work.lease()));
    }
  }

  private void salvage(Work work, QueueException e) {
    if (work.takeOver(times.now()) && work.hearing().mustBeStored()) {
      run.conclude(work);
    }
    log.error(
        "delivery {} of {}: the store failed, the attempt ends",
        work.delivery().id(),
        work.delivery().submission(),
        e);
  }

  private void blame(Work work, RuntimeException fault) {
    log.error(
        "delivery {} of {}: a fault, to be tried again",
        work.delivery().id(),
        work.delivery().submission(),
        fault);
    Map<Recipient, Heard> faults = new LinkedHashMap<>();
    Map<Recipient, Heard> known = work.hearing().heard();
    work.delivery().open().stream()
        .map(OpenRecipient::recipient)
        .filter(r -> !known.containsKey(r))
        .forEach(r -> faults.put(r, Judge.fault(fault)));
    work.hear(faults);
    if (work.takeOver(times.now())) {
      run.conclude(work);
    }
  }
}
