package org.mxrelay.smtp.queue.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class GroupCommitTest {

  private final List<List<Integer>> groups = new CopyOnWriteArrayList<>();
  private final CountDownLatch firstIsIn = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  private final GroupCommit<Integer> commit =
      new GroupCommit<>(3, Duration.ZERO, this::commitWhenTold);

  private void commitWhenTold(List<Integer> group) {
    groups.add(group);
    firstIsIn.countDown();
    try {
      assertTrue(goOn.await(30, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (group.contains(0)) {
      throw new IllegalStateException("planted");
    }
  }

  /** One that commits, and so many that come meanwhile. */
  private List<CompletableFuture<Boolean>> join(int leader, int others) throws Exception {
    List<CompletableFuture<Boolean>> all = new ArrayList<>();
    all.add(inItsOwnThread(leader));
    assertTrue(firstIsIn.await(30, TimeUnit.SECONDS));
    for (int i = 1; i <= others; i++) {
      all.add(inItsOwnThread(100 + i));
      while (commit.waiting() < i) {
        Thread.onSpinWait();
      }
    }
    return all;
  }

  private CompletableFuture<Boolean> inItsOwnThread(int member) {
    return CompletableFuture.supplyAsync(
        () -> commit.join(member), task -> new Thread(task).start());
  }

  @Test
  void thoseWhoComeMeanwhile_shareTheNextCommitsInTheirOrder() throws Exception {
    List<CompletableFuture<Boolean>> all = join(1, 5);
    goOn.countDown();
    for (CompletableFuture<Boolean> one : all) {
      assertTrue(one.get(30, TimeUnit.SECONDS));
    }
    assertEquals(List.of(List.of(1), List.of(101, 102, 103), List.of(104, 105)), groups);
  }

  @Test
  void failedCommit_isItsLeadersAloneAndStopsNobody() throws Exception {
    List<CompletableFuture<Boolean>> all = join(0, 2);
    goOn.countDown();
    assertThrows(Exception.class, () -> all.get(0).get(30, TimeUnit.SECONDS));
    assertTrue(all.get(1).get(30, TimeUnit.SECONDS));
    assertTrue(all.get(2).get(30, TimeUnit.SECONDS));
  }

  @Test
  void closedOne_takesNobodyMoreAndLeavesNobodyBehind() throws Exception {
    List<CompletableFuture<Boolean>> all = join(1, 2);
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(commit::close, task -> new Thread(task).start());
    goOn.countDown();
    closing.get(30, TimeUnit.SECONDS);
    for (CompletableFuture<Boolean> one : all) {
      assertTrue(one.isDone() || one.get(30, TimeUnit.SECONDS));
    }
    assertFalse(commit.join(9));
    assertEquals(3, groups.stream().mapToInt(List::size).sum());
  }

  @Test
  void whatWantsQuiet_isDoneOnlyWhereNobodyCommits() throws Exception {
    List<String> done = new ArrayList<>();
    List<CompletableFuture<Boolean>> all = join(1, 0);
    commit.ifIdle(() -> done.add("too early"));
    goOn.countDown();
    all.get(0).get(30, TimeUnit.SECONDS);
    commit.ifIdle(() -> done.add("now"));
    assertEquals(List.of("now"), done);
  }
}
