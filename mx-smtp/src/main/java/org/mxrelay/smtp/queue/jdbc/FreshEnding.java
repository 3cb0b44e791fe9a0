package org.mxrelay.smtp.queue.jdbc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mxrelay.smtp.queue.Settlement;
import org.mxrelay.smtp.queue.Settlement.Result;
import org.mxrelay.smtp.queue.journal.JournalException;

/**
 * Settles what may be in the journal. What ended for good is told to the journal alone; whatever
 * has to go on, or brought something forth, goes into the tables.
 *
 * <p>Safe for use by several threads.
 */
final class FreshEnding {

  /** How settlements are stored in the tables, within a transaction. */
  @FunctionalInterface
  interface InTables {
    Writer.Work<List<Result>> settle(List<Settlement> settlements);
  }

  private final Fresh fresh;
  private final InTables tables;

  FreshEnding(Fresh fresh, InTables tables) {
    this.fresh = fresh;
    this.tables = tables;
  }

  /** A settlement, its place in the call, and its delivery if that is here. */
  private record One(int place, Settlement settlement, @Nullable FreshDelivery delivery) {

    boolean isOver() {
      return settlement.rest().isEmpty() && settlement.spawned().isEmpty();
    }
  }

  /**
   * What a call has to do next.
   *
   * @param leaving messages that go into the tables with what is settled there
   * @param here what the journal alone is to know; on its way there if nothing is for the tables
   */
  private record Split(List<One> inTables, Set<FreshMessage> leaving, List<One> here) {}

  /**
   * Answers for each, in order. What the journal alone is to know comes last, and is looked for
   * again after the tables had the others: nobody waits for the tables, and for what others have,
   * with deliveries that are on their way into the journal.
   */
  List<Result> settle(List<Settlement> all) {
    Result[] results = new Result[all.size()];
    Split split = split(numbered(all));
    while (!split.inTables().isEmpty()) {
      inTables(split.inTables(), split.leaving(), results);
      split = split(split.here());
    }
    end(split.here(), results);
    return Arrays.asList(results);
  }

  private static List<One> numbered(List<Settlement> all) {
    List<One> ones = new ArrayList<>(all.size());
    all.forEach(settlement -> ones.add(new One(ones.size(), settlement, null)));
    return ones;
  }

  private Split split(List<One> all) {
    return fresh.change(
        all.stream().map(one -> one.settlement().lease()).toList(),
        book -> {
          List<One> found = find(book, all);
          Split split = split(found, leaving(found));
          if (split.inTables().isEmpty()) {
            split.here().forEach(one -> ending(one).state = FreshDelivery.State.ENDING);
          }
          return split;
        });
  }

  /** The deliveries that are here, each once: whoever settles it again has lost it. */
  private static List<One> find(FreshBook book, List<One> all) {
    Set<FreshDelivery> seen = new HashSet<>();
    return all.stream()
        .map(
            one -> {
              FreshDelivery owned = book.owned(one.settlement().lease());
              boolean first = owned != null && seen.add(owned);
              return new One(one.place(), one.settlement(), first ? owned : null);
            })
        .toList();
  }

  private static Set<FreshMessage> leaving(List<One> all) {
    Set<FreshMessage> leaving = new LinkedHashSet<>();
    for (One one : all) {
      if (one.delivery() != null && !one.isOver()) {
        leaving.add(one.delivery().message);
      }
    }
    return leaving;
  }

  private static Split split(List<One> all, Set<FreshMessage> leaving) {
    List<One> here = new ArrayList<>(all.size());
    List<One> others = new ArrayList<>();
    for (One one : all) {
      boolean ends = one.delivery() != null && !leaving.contains(one.delivery().message);
      (ends ? here : others).add(one);
    }
    return new Split(others, leaving, here);
  }

  private static FreshDelivery ending(One one) {
    return Objects.requireNonNull(one.delivery(), "not here");
  }

  private void inTables(List<One> ones, Set<FreshMessage> leaving, Result[] into) {
    List<Settlement> settlements = ones.stream().map(One::settlement).toList();
    List<Result> results = fresh.leave(leaving, tables.settle(settlements));
    for (int i = 0; i < ones.size(); i++) {
      into[ones.get(i).place()] = results.get(i);
    }
  }

  private void end(List<One> here, Result[] into) {
    if (here.isEmpty()) {
      return;
    }
    List<JournalRecords.End> ends = here.stream().map(FreshEnding::end).toList();
    try {
      fresh.journal().write(JournalRecords.ended(ends), 0);
    } catch (JournalException e) {
      endInTables(here, into);
      return;
    } catch (RuntimeException | Error e) {
      notEnded(here);
      throw e;
    }
    fresh.change(
        book -> {
          for (int i = 0; i < ends.size(); i++) {
            book.end(ending(here.get(i)), ends.get(i).outcomes());
          }
          return book;
        });
    here.forEach(one -> into[one.place()] = Result.of(one.settlement()));
  }

  private static JournalRecords.End end(One one) {
    return new JournalRecords.End(
        ending(one).message.columns.id(),
        ending(one).delivery.id(),
        one.settlement().ended().stream().map(OutcomeColumns::of).toList());
  }

  /** The journal takes nothing; perhaps the tables do. */
  private void endInTables(List<One> here, Result[] into) {
    notEnded(here);
    Set<FreshMessage> leaving = new LinkedHashSet<>();
    here.forEach(one -> leaving.add(ending(one).message));
    inTables(here, leaving, into);
  }

  private void notEnded(List<One> here) {
    fresh.change(
        book -> {
          here.forEach(one -> ending(one).state = FreshDelivery.State.LEASED);
          return book;
        });
  }
}
