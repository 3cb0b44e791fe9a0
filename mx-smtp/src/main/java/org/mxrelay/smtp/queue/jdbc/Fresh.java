package org.mxrelay.smtp.queue.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.mxrelay.smtp.queue.Lease;
import org.mxrelay.smtp.queue.journal.Journal;

/**
 * The messages that are only in the journal, and their way into the tables. A message is in one of
 * the two, whole: it leaves in a transaction, during which nobody else does anything with it.
 *
 * <p>Safe for use by several threads.
 */
final class Fresh {

  /** Messages that leave in one transaction at most. */
  static final int STEP = 256;

  private final Writer writer;
  private final Journal journal;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final FreshBook book = new FreshBook();

  Fresh(Writer writer, Journal journal) {
    this.writer = writer;
    this.journal = journal;
  }

  Journal journal() {
    return journal;
  }

  /** Does something with the book that nobody else disturbs. */
  <T> T with(Use<T> use) {
    lock.lock();
    try {
      return use.of(book);
    } finally {
      lock.unlock();
    }
  }

  /** The same, after which somebody may go on who waited for the book to change. */
  <T> T change(Use<T> use) {
    lock.lock();
    try {
      T result = use.of(book);
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Within {@link #with}: waits while something holds that leaving messages may change, or until
   * the time is over.
   *
   * @return what is left of the time
   */
  long awaitLeavingWhile(BooleanSupplier holds, long nanos) throws InterruptedException {
    long left = nanos;
    while (holds.getAsBoolean() && left > 0) {
      left = room.awaitNanos(left);
    }
    return Math.max(0, left);
  }

  /** Within {@link #with}: waits while something holds. */
  void awaitWhile(BooleanSupplier holds) {
    while (holds.getAsBoolean()) {
      changed.awaitUninterruptibly();
    }
  }

  /**
   * Does something with leases when of none of them a message is on its way into the tables, when
   * nobody knows where it will be. Whoever waited for the book to change may go on after that.
   */
  <T> T change(List<Lease> leases, Use<T> use) {
    return change(
        b -> {
          awaitWhile(() -> leases.stream().anyMatch(b::isLeaving));
          return use.of(b);
        });
  }

  /** All of a kind are in the tables when it returns, whoever brings them there. */
  void leaveAll(Predicate<FreshMessage> which) {
    leaveEach(with(b -> b.some(which)));
  }

  /** All of these go into the tables. */
  void leaveEach(List<FreshMessage> all) {
    for (int from = 0; from < all.size(); from += STEP) {
      List<FreshMessage> step = all.subList(from, Math.min(from + STEP, all.size()));
      leave(step, transaction -> step);
    }
  }

  /**
   * Messages go into the tables, and something is done there in the same transaction. Whoever works
   * on one of them has its lease as before.
   */
  <T> T leave(Collection<FreshMessage> messages, Writer.Work<T> then) {
    List<FreshMessage> leaving = with(b -> begin(b, messages));
    boolean gone = false;
    try {
      List<Adoption> adoptions = leaving.stream().map(FreshMessage::adoption).toList();
      T result =
          writer.write(
              transaction -> {
                new Adopting(transaction).adopt(adoptions);
                return then.in(transaction);
              });
      gone = true;
      return result;
    } finally {
      end(leaving, gone);
    }
  }

  /** Those that are still here, when nobody does anything else with them. */
  private List<FreshMessage> begin(FreshBook within, Collection<FreshMessage> messages) {
    awaitWhile(() -> here(within, messages).stream().anyMatch(m -> m.leaving || m.isEnding()));
    List<FreshMessage> here = here(within, messages);
    within.leave(here);
    return here;
  }

  private static List<FreshMessage> here(FreshBook within, Collection<FreshMessage> messages) {
    List<FreshMessage> here = new ArrayList<>(messages.size());
    for (FreshMessage message : messages) {
      if (within.find(message.submission).filter(m -> m == message).isPresent()) {
        here.add(message);
      }
    }
    return here;
  }

  private void end(List<FreshMessage> leaving, boolean gone) {
    change(
        b -> {
          if (gone) {
            b.remove(leaving);
            room.signalAll();
          } else {
            b.stay(leaving);
          }
          return b;
        });
    if (gone) {
      leaving.forEach(message -> journal.unpin(message.epoch, 1));
    }
  }

  /** Something done with the book. */
  @FunctionalInterface
  interface Use<T> {
    T of(FreshBook book);
  }
}
